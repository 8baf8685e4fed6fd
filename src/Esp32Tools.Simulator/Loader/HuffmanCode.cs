namespace Esp32Tools.Simulator.Loader;

/// <summary>A canonical Huffman code of deflate (RFC 1951, section 3.2.2): a table for short codes, a search for long ones.</summary>
internal sealed class HuffmanCode
{
    private const int MaxLength = 15;
    private const int FastBits = 10;

    // symbol << 4 | length; length 0 sends on to the search.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly ushort[] _counts = new ushort[MaxLength + 1];
    private readonly ushort[] _symbols;

    /// <param name="lengths">Length of each symbol's code; 0 for a symbol that does not occur.</param>
    /// <param name="offset">Index of the first of them.</param>
    /// <param name="count">Their number.</param>
    public HuffmanCode(byte[] lengths, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _counts[lengths[offset + i]]++;
        }

        _counts[0] = 0;
        int[] next = new int[MaxLength + 2];
        int[] index = new int[MaxLength + 2];
        int left = 1;
        for (int length = 1; length <= MaxLength; length++)
        {
            left = (left << 1) - _counts[length];
            IsValid &= left >= 0;
            next[length + 1] = (next[length] + _counts[length]) << 1;
            index[length + 1] = index[length] + _counts[length];
        }

        _symbols = new ushort[count];
        for (int symbol = 0; symbol < count && IsValid; symbol++)
        {
            int length = lengths[offset + symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[index[length]++] = (ushort)symbol;
            int code = next[length]++;
            if (length <= FastBits)
            {
                for (int at = Reverse(code, length); at < _fast.Length; at += 1 << length)
                {
                    _fast[at] = (ushort)((symbol << 4) | length);
                }
            }
        }
    }

    /// <summary>False when the lengths describe no code.</summary>
    public bool IsValid { get; } = true;

    /// <summary>Finds the symbol that begins with the lowest bit.</summary>
    /// <param name="bits">At least 15 bits; missing ones may be anything.</param>
    /// <param name="length">Bits of the code; 0 when there is no such code.</param>
    public int Decode(ulong bits, out int length)
    {
        int entry = _fast[(int)bits & ((1 << FastBits) - 1)];
        if (entry != 0)
        {
            length = entry & 0xF;
            return entry >> 4;
        }

        int code = 0;
        int first = 0;
        int index = 0;
        for (length = 1; length <= MaxLength; length++)
        {
            code |= (int)bits & 1;
            bits >>= 1;
            if (code - _counts[length] < first)
            {
                return _symbols[index + (code - first)];
            }

            index += _counts[length];
            first = (first + _counts[length]) << 1;
            code <<= 1;
        }

        length = 0;
        return 0;
    }

    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | (code & 1);
            code >>= 1;
        }

        return reversed;
    }
}
