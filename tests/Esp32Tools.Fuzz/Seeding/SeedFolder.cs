using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Fuzz.Seeding;

/// <summary>The seeds of a target: its own folder, the vectors, and those that are made.</summary>
internal static class SeedFolder
{
    private const int Longest = 64 * 1024;
    private const int MostOfAFolder = 40;

    public static IReadOnlyList<byte[]> Read(FuzzTarget target)
    {
        string own = SharedFiles.InRepository("tests", "Esp32Tools.Fuzz", "Seeds", target.Name);
        IEnumerable<byte[]> kept = Directory.Exists(own) ? Files(own, string.Empty) : [];
        byte[][] all =
        [
            .. kept,
            .. target.Vectors.SelectMany(place => Thin(Files(SharedFiles.Vector(place.Folder), place.Ending).ToArray())),
            .. target.Made(),
        ];
        return all.Length > 0 ? all : throw new InvalidOperationException($"The target '{target.Name}' has no seed.");
    }

    // Sorted, so that a run is the same on every machine.
    private static IEnumerable<byte[]> Files(string folder, string ending) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => path.EndsWith(ending, StringComparison.Ordinal) || path.EndsWith(ending + ".gz", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(SharedFiles.ReadPlain)
        .Where(bytes => bytes.Length <= Longest);

    private static IEnumerable<byte[]> Thin(byte[][] files)
    {
        int step = Math.Max(1, files.Length / MostOfAFolder);
        return files.Where((_, i) => i % step == 0);
    }
}
