using System;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// Decompresses a zlib stream (RFC 1950, 1951) as it arrives, block by block, as the loaders do: the framework's stream
/// pulls its input, and does not tell which block has an error.
/// </summary>
internal sealed class Inflater
{
    private const int Window = 32768;
    private const int LongestMatch = 258;

    private readonly Action<byte[], int, int> _output;
    private readonly byte[] _window = new byte[4 * Window];
    private readonly BitSource _source = new();
    private Step _step;
    private bool _isLast;
    private int _stored;
    private HuffmanCode _literals = DeflateTables.Fixed.Literals;
    private HuffmanCode _distances = DeflateTables.Fixed.Distances;
    private int _position;
    private int _delivered;
    private uint _adler = Adler32.Start;

    /// <param name="output">Takes pieces of the result; they are valid during the call only.</param>
    public Inflater(Action<byte[], int, int> output) => _output = output;

    private enum Step
    {
        Header,
        Block,
        Stored,
        Codes,
        Check,
        Done,
        Bad,
        BadCheck,
    }

    /// <summary>Decompresses the next piece of the stream.</summary>
    public InflateResult Feed(byte[] data, int offset, int count)
    {
        _source.Append(data, offset, count);
        while (Advance())
        {
        }

        Deliver();
        return _step switch
        {
            Step.Done => InflateResult.Done,
            Step.Bad => InflateResult.BadData,
            Step.BadCheck => InflateResult.BadCheck,
            _ => InflateResult.NeedsInput,
        };
    }

    // One step of the stream; false when the data so far is not enough, and the step is then undone.
    private bool Advance()
    {
        _source.Mark();
        bool done = _step switch
        {
            Step.Header => ReadHeader(),
            Step.Block => ReadBlockHeader(),
            Step.Stored => CopyStored(),
            Step.Codes => DecodeCodes(),
            Step.Check => ReadCheck(),
            _ => false,
        };
        if (!done && _step is Step.Header or Step.Block or Step.Check)
        {
            _source.GoBack();
        }

        return done;
    }

    private bool ReadHeader()
    {
        if (!_source.Take(16, out uint header))
        {
            return false;
        }

        uint swapped = ((header & 0xFF) << 8) | (header >> 8);
        bool good = (header & 0xF) == 8 && swapped % 31 == 0 && (header & 0x2000) == 0;
        _step = good ? Step.Block : Step.Bad;
        return good;
    }

    private bool ReadBlockHeader()
    {
        if (!_source.Take(3, out uint header))
        {
            return false;
        }

        _isLast = (header & 1) != 0;
        switch (header >> 1)
        {
            case 0:
                _source.Drop(_source.Count % 8);
                if (!_source.Take(32, out uint lengths))
                {
                    return false;
                }

                _stored = (int)(lengths & 0xFFFF);
                _step = (lengths >> 16 ^ 0xFFFF) == (uint)_stored ? Step.Stored : Step.Bad;
                return _step != Step.Bad;
            case 1:
                (_literals, _distances) = DeflateTables.Fixed;
                _step = Step.Codes;
                return true;
            case 2:
                return ReadCodes();
            default:
                _step = Step.Bad;
                return false;
        }
    }

    private bool ReadCodes()
    {
        if (!_source.Take(14, out uint counts))
        {
            return false;
        }

        int literals = (int)(counts & 0x1F) + 257;
        int distances = (int)(counts >> 5 & 0x1F) + 1;
        int codes = (int)(counts >> 10) + 4;
        byte[] lengths = new byte[320];
        for (int i = 0; i < codes; i++)
        {
            if (!_source.Take(3, out uint length))
            {
                return false;
            }

            lengths[DeflateTables.CodeLengthOrder[i]] = (byte)length;
        }

        var code = new HuffmanCode(lengths, 0, 19);
        Array.Clear(lengths, 0, lengths.Length);
        int at = 0;
        while (at < literals + distances)
        {
            _source.Refill();
            int symbol = code.Decode(_source.Bits, out int used);
            if (used > _source.Count)
            {
                return false;
            }

            if (used == 0)
            {
                _step = Step.Bad;
                return false;
            }

            _source.Drop(used);
            (int extraBits, int repeatBase) = symbol switch { 16 => (2, 3), 17 => (3, 3), 18 => (7, 11), _ => (0, 1) };
            if (!_source.Take(extraBits, out uint extra))
            {
                return false;
            }

            int repeat = repeatBase + (int)extra;
            if (at + repeat > literals + distances || (symbol == 16 && at == 0))
            {
                _step = Step.Bad;
                return false;
            }

            byte value = symbol < 16 ? (byte)symbol : symbol == 16 ? lengths[at - 1] : (byte)0;
            while (repeat-- > 0)
            {
                lengths[at++] = value;
            }
        }

        _literals = new HuffmanCode(lengths, 0, literals);
        _distances = new HuffmanCode(lengths, literals, distances);
        _step = code.IsValid && _literals.IsValid && _distances.IsValid ? Step.Codes : Step.Bad;
        return _step == Step.Codes;
    }

    private bool CopyStored()
    {
        // Whole bytes that already sit in the bit buffer come first.
        while (_stored > 0 && _source.Count >= 8)
        {
            MakeRoom();
            _window[_position++] = (byte)_source.Bits;
            _source.Drop(8);
            _stored--;
        }

        while (_stored > 0 && _source.Rest > 0)
        {
            MakeRoom();
            int part = Math.Min(Math.Min(_stored, _source.Rest), _window.Length - _position);
            _source.CopyBytes(_window, _position, part);
            _position += part;
            _stored -= part;
        }

        return _stored == 0 && EndBlock();
    }

    private bool DecodeCodes()
    {
        while (true)
        {
            _source.Refill();
            ulong bits = _source.Bits;
            int symbol = _literals.Decode(bits, out int used);
            if (used == 0 || used > _source.Count)
            {
                return Stop(used);
            }

            if (symbol < 256)
            {
                MakeRoom();
                _window[_position++] = (byte)symbol;
                _source.Drop(used);
                continue;
            }

            if (symbol == 256)
            {
                _source.Drop(used);
                return EndBlock();
            }

            // The longest match takes 15 + 5 + 15 + 13 bits, fewer than one refill brings.
            if (symbol > 285)
            {
                return Stop(0);
            }

            int length = DeflateTables.LengthBase[symbol - 257] + (int)((bits >> used) & ((1u << DeflateTables.LengthExtra[symbol - 257]) - 1));
            int total = used + DeflateTables.LengthExtra[symbol - 257];
            int code = _distances.Decode(bits >> total, out used);
            if (used == 0 || code > 29)
            {
                return Stop(total + 15 > _source.Count ? total + 15 : 0);
            }

            total += used;
            int distance = DeflateTables.DistanceBase[code] + (int)((bits >> total) & ((1u << DeflateTables.DistanceExtra[code]) - 1));
            total += DeflateTables.DistanceExtra[code];
            if (total > _source.Count)
            {
                return Stop(total);
            }

            MakeRoom();
            if (distance > _position)
            {
                return Stop(0);
            }

            _source.Drop(total);
            for (int i = 0; i < length; i++, _position++)
            {
                _window[_position] = _window[_position - distance];
            }
        }
    }

    // Nothing decoded: no such code when it has no length, too few bits otherwise.
    private bool Stop(int used)
    {
        if (used == 0 && _source.Count >= 15)
        {
            _step = Step.Bad;
        }

        return false;
    }

    private bool EndBlock()
    {
        _step = _isLast ? Step.Check : Step.Block;
        return true;
    }

    private bool ReadCheck()
    {
        _source.Drop(_source.Count % 8);
        if (!_source.Take(32, out uint check))
        {
            return false;
        }

        Deliver();
        uint read = (check << 24) | ((check & 0xFF00) << 8) | ((check >> 8) & 0xFF00) | (check >> 24);
        _step = read == _adler ? Step.Done : Step.BadCheck;
        return false;
    }

    private void MakeRoom()
    {
        if (_position + LongestMatch < _window.Length)
        {
            return;
        }

        Deliver();
        Buffer.BlockCopy(_window, _position - Window, _window, 0, Window);
        _position = Window;
        _delivered = Window;
    }

    private void Deliver()
    {
        if (_delivered == _position)
        {
            return;
        }

        _adler = Adler32.Update(_adler, _window, _delivered, _position - _delivered);
        _output(_window, _delivered, _position - _delivered);
        _delivered = _position;
    }
}
