using System;

namespace Esp32Tools.Link.Transport;

/// <summary>Derives the kind of a serial port from its USB ids.</summary>
internal static class UsbPortKind
{
    /// <summary>Vendor id of Espressif.</summary>
    public const int Espressif = 0x303A;

    /// <summary>Product id of the USB-Serial-JTAG port of a chip.</summary>
    public const int UsbSerialJtagProduct = 0x1001;

    /// <summary>Vendor id of Silicon Labs.</summary>
    public const int SiliconLabs = 0x10C4;

    // Makers of USB to serial bridges: Silicon Labs, WCH, FTDI, Prolific, MaxLinear (Exar), ASIX (MosChip), ATEN.
    // Source: the device tables of the Linux drivers cp210x, ch341, ftdi_sio, pl2303, xr_serial, mos7840.
    private static readonly int[] s_bridgeVendors = [SiliconLabs, 0x1A86, 0x0403, 0x067B, 0x04E2, 0x9710, 0x0557];

    internal static PortKind Of(int vendorId, int productId)
    {
        if (vendorId == Espressif)
        {
            return productId == UsbSerialJtagProduct ? PortKind.UsbSerialJtag : PortKind.UsbOtg;
        }

        return Array.IndexOf(s_bridgeVendors, vendorId) >= 0 ? PortKind.Bridge : PortKind.Serial;
    }
}
