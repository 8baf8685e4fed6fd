using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices.Memory;

/// <summary>Writes RAM and registers; the changes last until the next reset.</summary>
public static class MemoryWriter
{
    private const int Word = MemoryRules.WordLength;

    // Both loaders take several entries in one request; this number fits even the smallest buffer.
    private const int EntriesPerRequest = 16;

    /// <summary>True when a write there reaches the eFuse controller, or may: a burn is permanent.</summary>
    public static bool ReachesEfuses(Esp32Device device, uint address, long length) =>
        EfuseWindow.Reaches(device.GetChip(), address, length) || EfuseWindow.MayReach(device.GetChip(), MemoryRules.Known(device.GetChip()), address, length);

    /// <summary>Throws when a range must not be written. Does not access the chip.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">First address.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="options">The refusals to lift.</param>
    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.AddressUnmapped"/>, <see cref="ErrorCode.EfuseRegisters"/>,
    /// <see cref="ErrorCode.RamInUse"/>.
    /// </exception>
    public static void Require(Esp32Device device, uint address, long length, MemoryWriteOptions options)
    {
        MemoryRules.RequireMemoryCommands(device);
        MemoryRules.RequireWithinSpace(address, length);
        var refusals = new Refusals(RefusalCatalog.MemoryWrite, options.Allow);
        refusals.Check(() => MemoryRules.RequireMapped(device, address, length));
        refusals.Check(() => MemoryRules.RequireNoEfuses(device, address, length));
        MemoryRules.RequireFreeOfStub(device, address, length, "The range");
    }

    /// <summary>Writes consecutive words, each by new = (old and not mask) or (value and mask).</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Address of the first word, a multiple of 4.</param>
    /// <param name="values">The words.</param>
    /// <param name="mask">Bits to change in each.</param>
    /// <param name="options">The checks to make.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.Misaligned"/>, <see cref="ErrorCode.AddressUnmapped"/>,
    /// <see cref="ErrorCode.EfuseRegisters"/>, <see cref="ErrorCode.RamInUse"/>, <see cref="ErrorCode.VerifyFailed"/>.
    /// </exception>
    /// <exception cref="LoaderException">The chip refused or did not answer. The write may then have happened.</exception>
    public static MemoryWriteResult WriteWords(
        Esp32Device device, uint address, IReadOnlyList<uint> values, uint mask, MemoryWriteOptions options, CancellationToken cancellationToken)
    {
        int length = Word * values.Count;
        Require(device, address, length, options);
        MemoryRules.RequireAligned(address, length);
        for (int done = 0; done < values.Count; done += EntriesPerRequest)
        {
            RegisterWrite[] writes = [.. values
                .Skip(done)
                .Take(EntriesPerRequest)
                .Select((value, i) => new RegisterWrite(address + (uint)(Word * (done + i)), value, mask, 0))];
            device.GetLoader().Execute(new WriteRegisterRequest { Writes = writes }, cancellationToken);
        }

        if (options.Verify)
        {
            for (int i = 0; i < values.Count; i++)
            {
                uint at = address + (uint)(Word * i);
                Compare(device, at, device.GetLoader().ReadRegister(at, cancellationToken) & mask, values[i] & mask);
            }
        }

        return Result(device, address, length, options);
    }

    /// <summary>
    /// Writes bytes: into RAM as bytes, into registers as words, for which address and length must be multiples of 4.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="address">First address.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="options">The checks to make.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <exception cref="ChipException">As for words.</exception>
    /// <exception cref="LoaderException">The chip refused or did not answer. A part may then have been written.</exception>
    public static MemoryWriteResult WriteBytes(
        Esp32Device device,
        uint address,
        byte[] data,
        MemoryWriteOptions options,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!MemoryRules.IsRam(device.GetChip(), address, data.Length))
        {
            MemoryRules.RequireAligned(address, data.Length);
            uint[] words = [.. Enumerable.Range(0, data.Length / Word).Select(i => LittleEndian.ReadUInt32(data, Word * i))];
            return WriteWords(device, address, words, uint.MaxValue, options, cancellationToken);
        }

        Require(device, address, data.Length, options);
        byte[] whole = Widen(device, address, data, out uint first, cancellationToken);
        StubLoader.Upload(
            device.GetLoader(),
            whole,
            first,
            cancellationToken,
            done => progress?.Invoke(new OperationProgress("Writing memory", done, whole.Length, first + (uint)done)));
        device.GetLoader().Execute(new MemoryEndRequest { Entry = 0 }, cancellationToken);
        if (options.Verify)
        {
            byte[] read = MemoryReader.Read(device, address, data.Length, RefusalCatalog.MemoryRead.Codes, progress, cancellationToken);
            for (int i = 0; i < data.Length; i++)
            {
                Compare(device, address + (uint)i, read[i], data[i]);
            }
        }

        return Result(device, address, data.Length, options);
    }

    // RAM is loaded in whole words too, so the neighbours of the first and the last byte are written back unchanged.
    private static byte[] Widen(Esp32Device device, uint address, byte[] data, out uint first, CancellationToken cancellationToken)
    {
        first = address / Word * Word;
        int skipped = (int)(address - first);
        int length = (skipped + data.Length + Word - 1) / Word * Word;
        if (length == data.Length)
        {
            return data;
        }

        byte[] whole = new byte[length];
        LittleEndian.WriteUInt32(whole, 0, device.GetLoader().ReadRegister(first, cancellationToken));
        int last = length - Word;
        LittleEndian.WriteUInt32(whole, last, device.GetLoader().ReadRegister(first + (uint)last, cancellationToken));
        data.CopyTo(whole, skipped);
        return whole;
    }

    private static void Compare(Esp32Device device, uint address, uint actual, uint expected)
    {
        if (actual != expected)
        {
            throw new ChipException(
                ErrorCode.VerifyFailed,
                $"0x{address:X8} of the chip on {device.PortName} is 0x{actual:X} after 0x{expected:X} was written to it.",
                "A register may ignore bits, or change by itself; RAM that does not keep its contents is in use or damaged.")
            { Target = $"0x{address:X8}" };
        }
    }

    private static MemoryWriteResult Result(Esp32Device device, uint address, int length, MemoryWriteOptions options) => new()
    {
        PortName = device.PortName,
        Address = address,
        Length = length,
        Verified = options.Verify,
    };
}
