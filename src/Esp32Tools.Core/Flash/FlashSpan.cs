using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Flash;

/// <summary>A run of bytes within an image.</summary>
/// <param name="Start">Offset of the first byte from the start of the image.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct FlashSpan(int Start, int Length)
{
    /// <summary>Length of a blank run worth leaving out: programming it takes the flash longer than starting another region.</summary>
    private const int LongestBlankSent = 8 * (int)FlashLayout.SectorSize;

    /// <summary>Length of the first region to compress; later ones are larger.</summary>
    private const int FirstPiece = 0x4_0000;

    /// <summary>An image up to this size is one region.</summary>
    private const int SmallImage = 0x10_0000;

    /// <summary>Offset behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The sectors that it touches.</summary>
    public int Sectors => (int)((FlashLayout.Ceiling(End) - FlashLayout.Floor(Start)) / FlashLayout.SectorSize);

    /// <summary>The parts of an image to send to a chip that was just erased: all except its long blank runs.</summary>
    public static IReadOnlyList<FlashSpan> WithoutBlanks(byte[] data)
    {
        List<FlashSpan> spans = [];
        int start = 0;
        int end = 0;
        for (int at = 0; at < data.Length; at += (int)FlashLayout.SectorSize)
        {
            int next = Math.Min(at + (int)FlashLayout.SectorSize, data.Length);
            if (FlashLayout.IsBlank(data, at, next))
            {
                continue;
            }

            if (end == 0 || at - end >= LongestBlankSent)
            {
                Add(spans, start, end);
                start = at;
            }

            end = next;
        }

        Add(spans, start, end);
        return spans;
    }

    /// <summary>Sectors as spans, neighbours merged.</summary>
    /// <param name="sectors">Numbers of sectors, ascending.</param>
    /// <param name="length">Length of the image in bytes.</param>
    public static IReadOnlyList<FlashSpan> OfSectors(IEnumerable<int> sectors, int length)
    {
        List<FlashSpan> spans = [];
        foreach (int number in sectors)
        {
            int start = number * (int)FlashLayout.SectorSize;
            int end = Math.Min(start + (int)FlashLayout.SectorSize, length);
            if (spans.Count > 0 && spans[spans.Count - 1].End == start)
            {
                start = spans[spans.Count - 1].Start;
                spans.RemoveAt(spans.Count - 1);
            }

            spans.Add(new FlashSpan(start, end - start));
        }

        return spans;
    }

    /// <summary>
    /// The pieces in which to send a span, each a region of its own: a small one first, so that sending need not wait until a
    /// large image is compressed, and each following one four times as large, so that few are needed.
    /// </summary>
    public IEnumerable<FlashSpan> Pieces()
    {
        int piece = Length <= SmallImage ? Length : FirstPiece;
        for (int start = Start; start < End; start += piece, piece *= 4)
        {
            piece = Math.Min(piece, End - start);
            yield return new FlashSpan(start, piece);
        }
    }

    /// <summary>The pieces of several spans.</summary>
    public static IReadOnlyList<FlashSpan> Pieces(IEnumerable<FlashSpan> spans) => [.. spans.SelectMany(span => span.Pieces())];

    private static void Add(List<FlashSpan> spans, int start, int end)
    {
        if (end > start)
        {
            spans.Add(new FlashSpan(start, end - start));
        }
    }
}
