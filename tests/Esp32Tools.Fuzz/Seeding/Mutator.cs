using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Esp32Tools.Fuzz.Seeding;

/// <summary>Makes inputs of seeds: a few changes to each, some of them with check values made right.</summary>
internal sealed class Mutator
{
    private const int Longest = 96 * 1024;

    private static readonly uint[] s_numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 0x0FFF, 0x1000, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000,
        0x0100_0000, 0x3FFF_FFFF, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_F000, 0xFFFF_FFF0, 0xFFFF_FFFC, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ];

    private static readonly string[] s_words =
    [
        "0", "1", "-1", "255", "256", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "18446744073709551616", "0x", "0x0",
        "0xFFFFFFFF", "0x100000000", "1e9", "1.5", "NaN", "\"", "'", ",", ";", "\t", "\n", "\r\n", "\r", "\0", "#", "{", "}", "[", "]", ":", "\\",
        "\u00E9", "\uFEFF", "\uD800", "null", "true", "..", "/", "%s", "K", "M", "4MB", "=", "@", "*",
    ];

    private readonly FuzzTarget _target;
    private readonly IReadOnlyList<byte[]> _seeds;
    private readonly byte[][] _words;
    private readonly Dice _dice;

    public Mutator(FuzzTarget target, IReadOnlyList<byte[]> seeds, ulong seed)
    {
        _target = target;
        _seeds = seeds;
        _words = [.. target.Words.Concat(target.Words).Concat(s_words).Select(word => Encoding.UTF8.GetBytes(word))];
        _dice = new Dice(seed);
    }

    /// <summary>The next input: the seeds as they are come first.</summary>
    /// <param name="index">Number of the input, from 0.</param>
    public byte[] Next(int index)
    {
        if (index < _seeds.Count)
        {
            return (byte[])_seeds[index].Clone();
        }

        byte[] input = (byte[])_dice.Of(_seeds).Clone();
        for (int changes = 1 << _dice.Below(5); changes > 0; changes--)
        {
            input = Change(input);
        }

        if (input.Length > Longest)
        {
            Array.Resize(ref input, Longest);
        }

        if (!_dice.OneIn(4))
        {
            _target.Repair?.Invoke(input);
        }

        return input;
    }

    private byte[] Change(byte[] input)
    {
        if (input.Length == 0)
        {
            return _dice.Of(_words);
        }

        int at = Place(input.Length);
        switch (_dice.Below(12))
        {
            case 0:
                input[at] ^= (byte)(1 << _dice.Below(8));
                return input;
            case 1:
                input[at] = _dice.Byte();
                return input;
            case 2 or 3:
                PutNumber(input, at, _dice.Of(s_numbers), 1 << _dice.Below(3));
                return input;
            case 4:
                PutNumber(input, at, (uint)_dice.Below(2 * input.Length), 1 << _dice.Below(3));
                return input;
            case 5:
                return Splice(input, at, 0, _dice.Of(_words));
            case 6:
                return Splice(input, at, Math.Min(_dice.Below(16), input.Length - at), _dice.Of(_words));
            case 7:
                return Splice(input, at, Math.Min(1 + _dice.Below(1 + _dice.Below(input.Length)), input.Length - at), []);
            case 8:
                return input[..at];
            case 9:
                return Splice(input, Place(input.Length), 0, Piece(input));
            case 10:
                return Splice(input, at, 0, Piece(_dice.Of(_seeds)));
            default:
                return Splice(input, at, 0, [.. Enumerable.Repeat(input[at], 1 << _dice.Below(12))]);
        }
    }

    // Heads matter more than what follows them.
    private int Place(int length) => _dice.OneIn(3) ? _dice.Below(Math.Min(length, 64)) : _dice.Below(length);

    private byte[] Piece(byte[] of)
    {
        int start = _dice.Below(of.Length + 1);
        return of[start..Math.Min(of.Length, start + 1 + _dice.Below(1 << _dice.Below(13)))];
    }

    private static void PutNumber(byte[] input, int at, uint number, int length)
    {
        for (int i = 0; i < length && at + i < input.Length; i++)
        {
            input[at + i] = (byte)(number >> (8 * i));
        }
    }

    private static byte[] Splice(byte[] input, int at, int removed, byte[] added) => [.. input[..at], .. added, .. input[(at + removed)..]];
}
