namespace Esp32Tools.Link.Transport;

/// <summary>A port that exists, and what the system knows about it. Empty strings and zeros mean unknown.</summary>
public sealed record Esp32Port
{
    /// <summary>The name to open it by.</summary>
    public required string PortName { get; init; }

    /// <summary>What stands behind it.</summary>
    public PortKind Kind { get; init; }

    /// <summary>What the maker calls it, such as <c>CP2102N USB to UART Bridge Controller</c>.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>USB vendor id, 0 when unknown.</summary>
    public int VendorId { get; init; }

    /// <summary>USB product id, 0 when unknown.</summary>
    public int ProductId { get; init; }

    /// <summary>USB serial number.</summary>
    public string SerialNumber { get; init; } = string.Empty;

    /// <summary>
    /// Place on the hub, such as <c>1-4.2</c> (bus 1, its port 4, port 2 of the hub there): stays with the socket, whatever
    /// is plugged in. Where one adapter has several ports, its interface follows: <c>1-4.2:1.0</c>.
    /// </summary>
    public string LocationPath { get; init; } = string.Empty;

    /// <summary>
    /// The name that belongs to the socket, such as <c>usb:1-4.2</c>. It opens whatever port is there at that moment.
    /// Empty where the place is unknown.
    /// </summary>
    public string SocketName => LocationPath.Length > 0 ? UsbSocketProvider.Scheme + LocationPath : string.Empty;
}
