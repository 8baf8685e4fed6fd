namespace Esp32Tools.Link.Transport;

/// <summary>An existing port with the information of the system about it. Empty strings and zeros mean unknown.</summary>
public sealed record Esp32Port
{
    /// <summary>The port name to open.</summary>
    public required string PortName { get; init; }

    /// <summary>The kind of device behind the port.</summary>
    public string Kind { get; init; } = nameof(PortKind.Serial);

    /// <summary>The product text of the maker, such as <c>CP2102N USB to UART Bridge Controller</c>.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>USB vendor id, 0 when unknown.</summary>
    public int VendorId { get; init; }

    /// <summary>USB product id, 0 when unknown.</summary>
    public int ProductId { get; init; }

    /// <summary>USB serial number.</summary>
    public string SerialNumber { get; init; } = string.Empty;

    /// <summary>
    /// Place on the hub, such as <c>1-4.2</c> (bus 1, its port 4, port 2 of the hub there): belongs to the socket, not to the
    /// device in it. Where one adapter has several ports, its interface follows: <c>1-4.2:1.0</c>.
    /// </summary>
    public string LocationPath { get; init; } = string.Empty;

    /// <summary>
    /// The name of the socket, such as <c>usb:1-4.2</c>. It opens the port that is there at that moment.
    /// Empty where the place is unknown.
    /// </summary>
    public string SocketName => LocationPath.Length > 0 ? UsbSocketProvider.Scheme + LocationPath : string.Empty;
}
