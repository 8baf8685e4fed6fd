using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Reads the properties of a flash memory.</summary>
public static class FlashChipReader
{
    private const byte ReadUniqueId = 0x4B;
    private const byte ReadSfdp = 0x5A;
    private const int UniqueIdBits = 64;
    private const int LongestRead = 64; // the SPI controller's data words

    // Real tables end below this; a pointer beyond it is not valid.
    private const int LongestSfdp = 1024;

    /// <summary>Reads identity, unique id, status registers and parameter table. Changes nothing.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.FlashNotFound"/>, <see cref="ErrorCode.SecureDownloadMode"/></exception>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static FlashChipInfo Read(Esp32Device device, CancellationToken cancellationToken)
    {
        FlashIdentity identity = device.OpenFlash(cancellationToken);
        var spi = new SpiController(device.GetLoader());
        return new FlashChipInfo
        {
            PortName = device.PortName,
            Identity = identity,
            UniqueId = UniqueId(spi, cancellationToken),
            Status = FlashStatus.Read(spi, cancellationToken),
            Sfdp = Sfdp(spi, cancellationToken),
        };
    }

    // Four dummy bytes precede the number: an address of 24 bits and 8 more clocks.
    private static string? UniqueId(SpiController spi, CancellationToken cancellationToken)
    {
        byte[] id = spi.RunForBytes(
            new SpiTransfer(ReadUniqueId) { AddressBits = 24, DummyBits = 8, ReadBits = UniqueIdBits }, cancellationToken);
        return id.All(value => value == 0xFF) || id.All(value => value == 0) ? null : Hex.Encode(id);
    }

    private static FlashSfdp? Sfdp(SpiController spi, CancellationToken cancellationToken)
    {
        byte[] header = ReadTable(spi, FlashSfdp.HeaderLength, cancellationToken);
        if (LittleEndian.ReadUInt32(header, 0) != FlashSfdp.Signature)
        {
            return null;
        }

        byte[] headers = ReadTable(spi, Math.Min(FlashSfdp.HeadersLength(header), LongestSfdp), cancellationToken);
        return FlashSfdp.TryParse(ReadTable(spi, Math.Min(Math.Max(headers.Length, FlashSfdp.TotalLength(headers)), LongestSfdp), cancellationToken));
    }

    private static byte[] ReadTable(SpiController spi, int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at += LongestRead)
        {
            int count = Math.Min(LongestRead, length - at);
            var transfer = new SpiTransfer(ReadSfdp) { Address = (uint)at, AddressBits = 24, DummyBits = 8, ReadBits = 8 * count };
            spi.RunForBytes(transfer, cancellationToken).CopyTo(bytes, at);
        }

        return bytes;
    }
}
