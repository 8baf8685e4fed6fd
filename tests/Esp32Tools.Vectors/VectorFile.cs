using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Esp32Tools.Vectors;

/// <param name="Name">Path in its folder, with forward slashes.</param>
/// <param name="Path">Path on this machine.</param>
internal sealed record VectorFile(string Name, string Path)
{
    /// <summary>Ending of what is packed by itself.</summary>
    public const string Gzip = ".gz";

    /// <summary>All files below a folder, in the order of their names' bytes.</summary>
    public static IReadOnlyList<VectorFile> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => new VectorFile(System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>The content, unpacked where the name says that it is packed: how well it is packed is the platform's.</summary>
    public byte[] ReadPlain()
    {
        using FileStream file = File.OpenRead(Path);
        using Stream content = Name.EndsWith(Gzip, StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var plain = new MemoryStream();
        content.CopyTo(plain);
        return plain.ToArray();
    }
}
