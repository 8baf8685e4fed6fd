namespace Esp32Tools.Link.Transport;

/// <summary>The properties of a port that the layers above must know.</summary>
public sealed record TransportTraits
{
    /// <summary>False on ports that carry bytes only (a raw socket): the chip cannot be reset from here.</summary>
    public bool HasModemLines { get; init; } = true;

    /// <summary>
    /// True when both lines change in one step. False where each is a separate request (RFC 2217, Windows), where the
    /// tight reset sequences make no sense.
    /// </summary>
    public bool SetsLinesTogether { get; init; }

    /// <summary>False when the baud rate has no effect (raw socket, USB of the chip itself).</summary>
    public bool HasBaudRate { get; init; } = true;

    /// <summary>USB vendor id of the bridge or chip behind the port, 0 when unknown.</summary>
    public int VendorId { get; init; }

    /// <summary>USB product id, 0 when unknown.</summary>
    public int ProductId { get; init; }

    /// <summary>True for the chip's own USB-Serial-JTAG port (303A:1001), which needs its own reset sequence.</summary>
    public bool IsUsbSerialJtag => IsChipUsb && ProductId == UsbPortKind.UsbSerialJtagProduct;

    /// <summary>
    /// True when a chip itself is the USB device (vendor 303A), with any kind of port: such a port goes away when the
    /// chip is reset, and comes back.
    /// </summary>
    public bool IsChipUsb => VendorId == UsbPortKind.Espressif;

    /// <summary>
    /// True for a bridge whose hardware flow control reacts to DTR (CP2102C, 10C4:EA64): it needs sequences that end with
    /// DTR asserted.
    /// </summary>
    public bool IsFlowControlBridge => VendorId == UsbPortKind.SiliconLabs && ProductId == 0xEA64;

    /// <summary>True for the USB-OTG port of the ROM of a chip: its product id is the chip id of its images.</summary>
    /// <param name="chipId">Chip id in image headers.</param>
    public bool IsUsbOtgOf(int chipId) => IsChipUsb && ProductId == chipId;

    /// <summary>The traits that follow from the system's information about a port; null when there is none.</summary>
    internal static TransportTraits Of(Esp32Port? port) => new()
    {
        HasBaudRate = port?.Kind is not (nameof(PortKind.UsbSerialJtag) or nameof(PortKind.UsbOtg)),
        VendorId = port?.VendorId ?? 0,
        ProductId = port?.ProductId ?? 0,
    };
}
