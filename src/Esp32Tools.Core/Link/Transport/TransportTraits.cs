namespace Esp32Tools.Link.Transport;

/// <summary>How a port behaves, as far as the layers above must know.</summary>
public sealed record TransportTraits
{
    private const int EspressifVendor = 0x303A;

    /// <summary>False on ports that carry bytes only (a raw socket): the chip cannot be reset from here.</summary>
    public bool HasModemLines { get; init; } = true;

    /// <summary>
    /// True when both lines change in one step. False where each is a request of its own (RFC 2217, Windows), where the
    /// tight reset sequences make no sense.
    /// </summary>
    public bool SetsLinesTogether { get; init; }

    /// <summary>False when the baud rate has no effect (raw socket, USB of the chip itself).</summary>
    public bool HasBaudRate { get; init; } = true;

    /// <summary>USB vendor id of the bridge or chip behind the port, 0 when unknown.</summary>
    public int VendorId { get; init; }

    /// <summary>USB product id, 0 when unknown.</summary>
    public int ProductId { get; init; }

    /// <summary>True for the chip's own USB-Serial-JTAG port (303A:1001), whose reset needs a sequence of its own.</summary>
    public bool IsUsbSerialJtag => IsChipUsb && ProductId == 0x1001;

    /// <summary>
    /// True when a chip itself is the USB device (vendor 303A), whatever port it makes of it: such a port goes away when the
    /// chip is reset, and comes back.
    /// </summary>
    public bool IsChipUsb => VendorId == EspressifVendor;

    /// <summary>
    /// True for a bridge whose hardware flow control reacts to DTR (CP2102C, 10C4:EA64): it needs sequences that end with
    /// DTR asserted.
    /// </summary>
    public bool IsFlowControlBridge => VendorId == 0x10C4 && ProductId == 0xEA64;

    /// <summary>True for the USB-OTG port that the ROM of a chip makes: its product id is the chip id of its images.</summary>
    /// <param name="chipId">Chip id in image headers.</param>
    public bool IsUsbOtgOf(int chipId) => IsChipUsb && ProductId == chipId;

    /// <summary>What follows from what the system knows about a port; null when it knows nothing.</summary>
    internal static TransportTraits Of(Esp32Port? port) => new()
    {
        HasBaudRate = port?.Kind is not (PortKind.UsbSerialJtag or PortKind.UsbOtg),
        VendorId = port?.VendorId ?? 0,
        ProductId = port?.ProductId ?? 0,
    };
}
