using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Reads Intel HEX line by line; errors name the line.</summary>
internal sealed class IntelHexReader(byte[] bytes, string? source)
{
    private const int HeaderLength = 4;

    private readonly List<ImagePart> _records = [];
    private readonly string _name = source ?? "Intel HEX";
    private int _position;
    private int _line;
    private long _base;
    private bool _hasEnded;

    public IReadOnlyList<ImagePart> Read()
    {
        while (_position < bytes.Length && !_hasEnded)
        {
            _line++;
            (int start, int end) = NextLine();
            if (start < end)
            {
                Take(ReadRecord(start, end));
            }
        }

        if (!_hasEnded)
        {
            throw new InputException(
                ErrorCode.ImageTruncated, $"The {Subject} has no end record after line {_line}.", "Check that the file was copied whole.")
            { Target = source };
        }

        return _records.Count > 0
            ? PartJoiner.Join(_records.OrderBy(record => record.Address), Overlap)
            : throw new InputException(ErrorCode.ImageEmpty, $"The {Subject} holds no data.", "Build it again, or check the path.") { Target = source };
    }

    /// <summary>Value of a hexadecimal digit; negative for any other character.</summary>
    public static int DigitOf(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };

    private string Subject => source is null ? "Intel HEX text" : $"Intel HEX file '{source}'";

    // The line without its end and the blanks around it.
    private (int Start, int End) NextLine()
    {
        int start = _position;
        int end = Array.IndexOf(bytes, (byte)'\n', start);
        end = end < 0 ? bytes.Length : end;
        _position = end + 1;
        while (start < end && IsBlank(bytes[start]))
        {
            start++;
        }

        while (end > start && IsBlank(bytes[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t' or (byte)'\r';

    private byte[] ReadRecord(int start, int end)
    {
        if (bytes[start] != ':')
        {
            throw Invalid("does not begin with a colon");
        }

        int digits = end - start - 1;
        var record = new byte[digits / 2];
        byte sum = 0;
        for (int i = 0; i < record.Length; i++)
        {
            int high = DigitOf(bytes[start + 1 + (2 * i)]);
            int low = DigitOf(bytes[start + 2 + (2 * i)]);
            if (high < 0 || low < 0)
            {
                throw Invalid("has a character that is not a hexadecimal digit");
            }

            record[i] = (byte)((high << 4) | low);
            sum += record[i];
        }

        if (digits % 2 != 0 || record.Length <= HeaderLength || record.Length != HeaderLength + record[0] + 1)
        {
            throw Invalid($"has {digits} digits, which is not what its length field asks for");
        }

        return sum == 0 ? record : throw Invalid($"has the checksum 0x{record[record.Length - 1]:X2}, which is wrong");
    }

    private void Take(byte[] record)
    {
        int length = record[0];
        int offset = (record[1] << 8) | record[2];
        switch (record[3])
        {
            case 0:
                TakeData(_base + offset, record, length);
                break;
            case 1:
                _hasEnded = true;
                break;
            case 2:
                _base = (long)Word(record) << 4;
                break;
            case 4:
                _base = (long)Word(record) << 16;
                break;
            case 3 or 5:
                // The start address of a processor: irrelevant to flash.
                break;
            default:
                throw Invalid($"is a record of the unknown type 0x{record[3]:X2}");
        }
    }

    private void TakeData(long address, byte[] record, int length)
    {
        if (address + length > 1L << 32)
        {
            throw Invalid("reaches past the last address of 32 bits");
        }

        if (length > 0)
        {
            var data = new byte[length];
            Array.Copy(record, HeaderLength, data, 0, length);
            _records.Add(new ImagePart(_name, (uint)address, data));
        }
    }

    private int Word(byte[] record) => record[0] == 2
        ? (record[HeaderLength] << 8) | record[HeaderLength + 1]
        : throw Invalid("sets an address and has not two bytes");

    private InputException Overlap(uint address) => new(
        ErrorCode.IntelHexInvalid, $"The {Subject} gives the byte at 0x{address:X} twice.", "Build it again.")
    { Target = source };

    private InputException Invalid(string what) => new(
        ErrorCode.IntelHexInvalid, $"Line {_line} of the {Subject} {what}.", "Copy or build the file again.")
    { Target = source };
}
