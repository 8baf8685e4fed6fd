using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Esp32Tools.Vectors;

/// <summary>
/// One line a folder: name, number of files, SHA-256 of them all. It stands as text beside the archives, so that a
/// change of a vector is seen in review, and one that is gone is seen by a test.
/// </summary>
internal static class VectorManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.txt";

    /// <summary>The line of a folder. The digest is that of the lines "name digest", each ended by a line feed.</summary>
    public static string Describe(string folder)
    {
        IReadOnlyList<VectorFile> files = VectorFile.In(folder);
        string lines = string.Concat(files.Select(file => $"{file.Name} {Convert.ToHexStringLower(SHA256.HashData(file.ReadPlain()))}\n"));
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(folder)} {files.Count} {digest}");
    }

    /// <summary>The lines of a manifest, by folder.</summary>
    public static IReadOnlyDictionary<string, string> Read(string file) =>
        File.Exists(file) ? File.ReadAllLines(file).ToDictionary(line => line.Split(' ')[0]) : new Dictionary<string, string>();

    /// <summary>Writes the lines of all folders.</summary>
    public static void Write(string file, IEnumerable<string> lines) => File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
}
