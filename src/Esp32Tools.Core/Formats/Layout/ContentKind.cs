using System;
using System.Linq;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>Recognizes the kind of bytes that are not an image where a chip expects one.</summary>
public static class ContentKind
{
    // Size of the sample for text and noise.
    private const int Sample = 4096;

    // Fewer bytes do not show noise, and no encrypted image is shorter.
    private const int LeastNoise = 1024;

    private static readonly (byte[] Magic, string Kind)[] s_magics =
    [
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], Elf),
        ([(byte)'P', (byte)'K', 3, 4], "a zip archive"),
        ([(byte)'P', (byte)'K', 5, 6], "a zip archive"),
        ([0x1F, 0x8B, 8], "a gzip archive"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "an xz archive"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "a bzip2 archive"),
        ([(byte)'R', (byte)'a', (byte)'r', (byte)'!'], "a rar archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x04, 0x22, 0x4D, 0x18], "an lz4 archive"),
        ([(byte)'%', (byte)'P', (byte)'D', (byte)'F'], "a PDF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ([0xFF, 0xD8, 0xFF, 0xE0], "a picture"),
        ([(byte)'G', (byte)'I', (byte)'F', (byte)'8'], "a picture"),
        ([0x3D, 0xB8, 0xF3, 0x96], "an MCUboot image"),
        ([0xCF, 0xFA, 0xED, 0xFE], "a program of macOS"),
    ];

    /// <summary>An ELF file.</summary>
    internal const string Elf = "an ELF file";

    /// <summary>The name of the kind, such as <c>a web page</c>; null when the bytes match no known kind.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string? Of(byte[] bytes)
    {
        (byte[] Magic, string Kind)[] known = [.. s_magics.Where(entry => Begins(bytes, entry.Magic))];
        return known.Length > 0 ? known[0].Kind
            : Uf2.LooksLike(bytes) ? "a UF2 file"
            : IntelHex.LooksLike(bytes) ? "an Intel HEX file"
            : Esp8266Image.LooksLike(bytes) ? $"an image of the {Esp8266Image.Chip}"
            : IsPartitionTable(bytes) ? "a partition table"
            : IsTar(bytes) ? "a tar archive"
            : IsWindowsProgram(bytes) ? "a program of Windows"
            : OfText(bytes) ?? OfRepetition(bytes);
    }

    /// <summary>True for the JSON file of a build that lists the files to flash.</summary>
    public static bool IsFlasherList(byte[] bytes) =>
        TextOf(bytes) is { } text && text.TrimStart().StartsWith("{", StringComparison.Ordinal) && text.Contains("\"flash_files\"");

    /// <summary>
    /// True when the bytes look like noise, as encrypted or compressed data does: nothing more is known about them.
    /// </summary>
    public static bool IsNoise(byte[] bytes)
    {
        int count = Math.Min(bytes.Length, Sample);
        if (count < LeastNoise)
        {
            return false;
        }

        var counts = new int[256];
        for (int i = 0; i < count; i++)
        {
            counts[bytes[i]]++;
        }

        // Chi-square over 255 degrees of freedom: noise stays below twice that, structured data does not.
        double expected = count / 256.0;
        return counts.Sum(seen => (seen - expected) * (seen - expected) / expected) is > 120 and < 510;
    }

    /// <summary>True when the first bytes are those of an erased flash.</summary>
    internal static bool BeginsBlank(byte[] bytes) => bytes.Take(ImageHeader.Size).All(value => value == 0xFF);

    /// <summary>True for the two bytes that a partition table begins with.</summary>
    internal static bool BeginsAsTable(byte[] bytes) => bytes.Length >= 32 && bytes[0] == 0xAA && bytes[1] == 0x50;

    private static bool Begins(byte[] bytes, byte[] magic) => bytes.Length >= magic.Length && bytes.Take(magic.Length).SequenceEqual(magic);

    // Two bytes of magic are weak evidence: type and flags have few valid values, too.
    private static bool IsPartitionTable(byte[] bytes) =>
        BeginsAsTable(bytes) && (bytes[2] <= PartitionNames.PartitionTable || bytes[2] is >= 0x40 and < 0xFF) && bytes[29] == 0 && bytes[30] == 0 && bytes[31] == 0;

    private static bool IsTar(byte[] bytes) => bytes.Length >= 512 && Encoding.ASCII.GetString(bytes, 257, 5) == "ustar";

    private static bool IsWindowsProgram(byte[] bytes)
    {
        if (bytes.Length < 0x40 || bytes[0] != 'M' || bytes[1] != 'Z')
        {
            return false;
        }

        uint header = LittleEndian.ReadUInt32(bytes, 0x3C);
        return header + 4L <= bytes.Length && bytes[header] == 'P' && bytes[header + 1] == 'E' && bytes[header + 2] == 0;
    }

    private static string? OfText(byte[] bytes)
    {
        if (TextOf(bytes)?.TrimStart() is not { Length: > 0 } text)
        {
            return null;
        }

        bool Begins(string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        bool Has(string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        return Begins("<!doctype html") || Begins("<html") || (Begins("<") && Has("<html")) ? "a web page"
            : Begins("<") ? "an XML file"
            : Begins("{") || Begins("[") ? "a JSON file"
            : Begins("-----BEGIN ") ? "a PEM file"
            : Begins("version https://git-lfs") ? "a pointer of Git LFS, and not the file itself"
            : "text";
    }

    private static string? TextOf(byte[] bytes)
    {
        // UTF-16 has a zero in every other byte of common letters, and a byte order mark in front.
        int length = Math.Min(bytes.Length, Sample);
        if (length >= 4 && ((bytes[0] == 0xFF && bytes[1] == 0xFE && bytes[3] == 0) || (bytes[0] == 0xFE && bytes[1] == 0xFF && bytes[2] == 0)))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes, 2, (length - 2) / 2 * 2);
        }

        string text = Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF');

        // The sample may end in the middle of a character.
        string whole = bytes.Length > length ? text.TrimEnd('\uFFFD') : text;
        return length > 0 && whole.All(letter => (letter >= ' ' && letter != '\uFFFD' && letter != '\x7F') || letter is '\t' or '\r' or '\n' or '\f') ? whole : null;
    }

    private static string? OfRepetition(byte[] bytes) =>
        bytes.Length > 0 && bytes[0] != 0xFF && Array.TrueForAll(bytes, value => value == bytes[0])
            ? bytes[0] == 0 ? "nothing but zeros" : $"nothing but 0x{bytes[0]:X2}"
            : null;
}
