using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;

namespace Esp32Tools.Vectors;

/// <summary>
/// One folder as one file: tar in Brotli. The bytes follow from names and contents alone, so that the same folder
/// packed again is the same archive. What is gzip in the folder is plain in the archive, where it packs far better
/// beside its like, and is gzip again when it is unpacked.
/// </summary>
internal static class VectorArchive
{
    private const int Quality = 11;
    private const int WindowBits = 24;

    /// <summary>Packs a folder.</summary>
    public static byte[] Pack(string folder)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (VectorFile file in VectorFile.In(folder))
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Name)
                {
                    DataStream = new MemoryStream(file.ReadPlain()),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                });
            }
        }

        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength((int)tar.Length)];
        return BrotliEncoder.TryCompress(tar.GetBuffer().AsSpan(0, (int)tar.Length), packed, out int length, Quality, WindowBits)
            ? packed[..length]
            : throw new InvalidOperationException($"'{folder}' cannot be packed.");
    }

    /// <summary>Unpacks an archive into a folder that it makes.</summary>
    public static void Unpack(string archive, string folder)
    {
        using FileStream packed = File.OpenRead(archive);
        using var tar = new TarReader(new BrotliStream(packed, CompressionMode.Decompress));
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        while (tar.GetNextEntry() is { } entry)
        {
            string path = Path.GetFullPath(Path.Combine(root, entry.Name));
            if (entry.EntryType != TarEntryType.RegularFile || !path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"'{archive}' holds more than files of its own folder: '{entry.Name}'.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = File.Create(path);
            using Stream content = path.EndsWith(VectorFile.Gzip, StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
            entry.DataStream?.CopyTo(content);
        }
    }
}
