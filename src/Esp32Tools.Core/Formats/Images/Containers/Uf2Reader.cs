using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Reads UF2 block by block; errors name the block.</summary>
internal sealed class Uf2Reader(byte[] bytes, string? source)
{
    private readonly string _name = source ?? "UF2";
    private readonly List<ImagePart> _parts = [];
    private readonly List<ImagePart> _numbered = [];
    private uint? _familyId;
    private int _block;
    private uint _next;
    private uint _count;

    public Uf2File Read()
    {
        while ((long)(_block + 1) * Uf2.BlockSize <= bytes.Length)
        {
            TakeBlock(_block * Uf2.BlockSize);
            _block++;
        }

        if (bytes.Length % Uf2.BlockSize != 0)
        {
            throw new InputException(
                ErrorCode.ImageTruncated,
                $"The {Subject} has 0x{bytes.Length:X} bytes, and its last block ends before it is whole.",
                "Check that the file was copied whole.")
            { Target = source };
        }

        EndNumbering();
        if (_parts.Count == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"The {Subject} holds no data.", "Build it again, or check the path.") { Target = source };
        }

        // Blocks come in any order, so a duplicate address shows only here.
        PartJoiner.Join(_parts.OrderBy(part => part.Address), Overlap);
        return new Uf2File(_familyId, _parts);
    }

    private string Subject => source is null ? "UF2 data" : $"UF2 file '{source}'";

    private void TakeBlock(int start)
    {
        if (Word(start) != Uf2.Magic0 || Word(start + 4) != Uf2.Magic1 || Word(start + Uf2.MagicEndOffset) != Uf2.MagicEnd)
        {
            throw Invalid("is no UF2 block: its magic words are wrong");
        }

        uint flags = Word(start + 8);
        uint length = Word(start + 16);
        Number(Word(start + 20), Word(start + 24));
        if ((flags & Uf2.NotMainFlash) != 0)
        {
            return;
        }

        if ((flags & Uf2.FileContainer) != 0)
        {
            throw Invalid("holds a piece of a file and not of flash");
        }

        bool hasMd5 = (flags & Uf2.Md5Present) != 0;
        if (length == 0 || length > (hasMd5 ? Uf2.MaxPayload - Uf2.Md5PartSize : Uf2.MaxPayload))
        {
            throw Invalid($"claims {length} bytes of data, which do not fit a block");
        }

        uint address = Word(start + 12);
        if (address + (long)length > 1L << 32)
        {
            throw Invalid("reaches past the last address of 32 bits");
        }

        TakeFamily((flags & Uf2.FamilyIdPresent) != 0 ? Word(start + 28) : null);
        int data = start + Uf2.HeaderSize;
        if (hasMd5)
        {
            CheckMd5(data + (int)length, address, length, data);
        }

        byte[] payload = [.. new ArraySegment<byte>(bytes, data, (int)length)];
        _numbered.Add(new ImagePart(_name, address, payload));
    }

    // Blocks of one numbering are consecutive and complete; a new numbering begins with 0.
    private void Number(uint number, uint count)
    {
        if (number == 0)
        {
            EndNumbering();
            _count = count;
        }

        if (number != _next || count != _count || number >= count)
        {
            throw Invalid($"is numbered {number} of {count}, where {_next} of {_count} should be");
        }

        _next++;
    }

    private void EndNumbering()
    {
        if (_next != _count)
        {
            throw new InputException(
                ErrorCode.Uf2Invalid, $"The {Subject} lacks the blocks {_next} to {_count - 1} of {_count} in front of block {_block}.", "Copy or build the file again.")
            { Target = source };
        }

        _parts.AddRange(PartJoiner.Join(_numbered.OrderBy(piece => piece.Address), Overlap));
        _numbered.Clear();
        _next = 0;
        _count = 0;
    }

    private void TakeFamily(uint? family)
    {
        bool isFirst = _numbered.Count == 0 && _parts.Count == 0;
        if (!isFirst && family != _familyId)
        {
            throw Invalid($"is for the family {Name(family)}, and those before it for {Name(_familyId)}");
        }

        _familyId = family;
    }

    private static string Name(uint? family) => family is uint id ? $"0x{id:X8}" : "of no id";

    private void CheckMd5(int place, uint address, uint length, int data)
    {
        using var md5 = MD5.Create();
        byte[] digest = md5.ComputeHash(bytes, data, (int)length);
        if (Word(place) != address || Word(place + 4) != length || Hex.Encode(digest) != Hex.Encode(bytes, place + 8, digest.Length))
        {
            throw Invalid("has an MD5 that is not that of its data");
        }
    }

    private uint Word(int offset) => LittleEndian.ReadUInt32(bytes, offset);

    private InputException Overlap(uint address) => new(
        ErrorCode.Uf2Invalid, $"The {Subject} gives the byte at 0x{address:X} twice.", "Build it again.")
    { Target = source };

    private InputException Invalid(string what) => new(
        ErrorCode.Uf2Invalid,
        $"Block {_block} (0x{_block * Uf2.BlockSize:X}) of the {Subject} {what}.",
        "Copy or build the file again.")
    { Target = source };
}
