using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Writes Intel HEX, with upper address records where 16 bits are not enough.</summary>
internal sealed class IntelHexWriter
{
    private const int BytesPerLine = 16;
    private const int BankSize = 0x1_0000;

    private readonly MemoryStream _text = new();
    private uint? _bank;

    public static byte[] Write(IEnumerable<ImagePart> parts)
    {
        ImagePart[] sorted = [.. parts.Where(part => part.Data.Length > 0).OrderBy(part => part.Address)];
        IReadOnlyList<ImagePart> runs = PartJoiner.Join(sorted, address => new InputException(
            ErrorCode.ImagesOverlap, $"Two parts give the byte at 0x{address:X}.", "Check the addresses."));
        var writer = new IntelHexWriter();
        // With one address above 16 bits, every bank gets an address record, including the first.
        bool namesBanks = runs.Count > 0 && runs[runs.Count - 1].End > BankSize;
        foreach (ImagePart run in runs)
        {
            writer.WriteRun(run, namesBanks);
        }

        writer.WriteRecord(0, 1, [], 0, 0);
        return writer._text.ToArray();
    }

    private void WriteRun(ImagePart run, bool namesBanks)
    {
        int offset = 0;
        while (offset < run.Data.Length)
        {
            uint address = run.Address + (uint)offset;
            uint bank = address / BankSize;
            if (namesBanks && bank != _bank)
            {
                WriteRecord(0, 4, [(byte)(bank >> 8), (byte)bank], 0, 2);
                _bank = bank;
            }

            int low = (int)(address % BankSize);
            int count = Math.Min(Math.Min(BytesPerLine, BankSize - low), run.Data.Length - offset);
            WriteRecord(low, 0, run.Data, offset, count);
            offset += count;
        }
    }

    private void WriteRecord(int address, byte type, byte[] data, int offset, int count)
    {
        _text.WriteByte((byte)':');
        int sum = WriteByte((byte)count) + WriteByte((byte)(address >> 8)) + WriteByte((byte)address) + WriteByte(type);
        for (int i = offset; i < offset + count; i++)
        {
            sum += WriteByte(data[i]);
        }

        WriteByte((byte)-sum);
        _text.WriteByte((byte)'\n');
    }

    private byte WriteByte(byte value)
    {
        const string Digits = "0123456789ABCDEF";
        _text.WriteByte((byte)Digits[value >> 4]);
        _text.WriteByte((byte)Digits[value & 0xF]);
        return value;
    }
}
