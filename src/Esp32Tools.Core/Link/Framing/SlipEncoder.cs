using System;

namespace Esp32Tools.Link.Framing;

/// <summary>
/// SLIP (RFC 1055) as the loader uses it: <c>C0 payload C0</c>, with C0 sent as DB DC and DB as DB DD.
/// </summary>
public static class SlipEncoder
{
    /// <summary>The byte that begins and ends a frame.</summary>
    public const byte End = 0xC0;

    internal const byte Escape = 0xDB;
    internal const byte EscapedEnd = 0xDC;
    internal const byte EscapedEscape = 0xDD;

    /// <summary>Makes a whole frame from a payload.</summary>
    public static byte[] Encode(byte[] payload)
    {
        int extra = 0;
        foreach (byte value in payload)
        {
            extra += value is End or Escape ? 1 : 0;
        }

        var frame = new byte[payload.Length + extra + 2];
        int position = 0;
        frame[position++] = End;
        foreach (byte value in payload)
        {
            switch (value)
            {
                case End:
                    frame[position++] = Escape;
                    frame[position++] = EscapedEnd;
                    break;
                case Escape:
                    frame[position++] = Escape;
                    frame[position++] = EscapedEscape;
                    break;
                default:
                    frame[position++] = value;
                    break;
            }
        }

        frame[position] = End;
        return frame;
    }
}
