using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Joins small pieces into parts.</summary>
internal static class PartJoiner
{
    /// <summary>Makes one part from each run of consecutive addresses.</summary>
    /// <param name="pieces">The pieces, lowest address first.</param>
    /// <param name="overlap">The exception for an address in two pieces.</param>
    public static IReadOnlyList<ImagePart> Join(IEnumerable<ImagePart> pieces, Func<uint, InputException> overlap)
    {
        List<ImagePart> parts = [];
        List<ImagePart> run = [];
        foreach (ImagePart piece in pieces)
        {
            long end = run.Count > 0 ? run[run.Count - 1].End : piece.Address;
            if (piece.Address < end)
            {
                throw overlap(piece.Address);
            }

            if (piece.Address > end)
            {
                parts.Add(Concat(run));
                run.Clear();
            }

            run.Add(piece);
        }

        if (run.Count > 0)
        {
            parts.Add(Concat(run));
        }

        return parts;
    }

    private static ImagePart Concat(List<ImagePart> run)
    {
        var data = new byte[run.Sum(piece => piece.Data.Length)];
        int offset = 0;
        foreach (ImagePart piece in run)
        {
            piece.Data.CopyTo(data, offset);
            offset += piece.Data.Length;
        }

        return run[0] with { Data = data };
    }
}
