using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// The description that an ESP-IDF application carries: 256 bytes at the start of its first segment.
/// <code>
/// offset  0          4        8         16       48       80     96     112      144      176      178      180       181   182
///       | ABCD_5432 | secure | reserved| version| project| time | date | ESP-IDF| ELF    | min.   | max.    | log2 of | SPI | reserved |
///       |           | version|         |        | name   |      |      | version| SHA-256| eFuse  | eFuse   | MMU page| mode|          |
/// bytes   4           4        8         32       32       16     16     32       32       2        2        1         1     74
/// </code>
/// Source: ESP-IDF, esp_app_desc.h.
/// </summary>
public sealed class AppDescriptor
{
    /// <summary>Name of its section in ESP-IDF's linker scripts.</summary>
    internal const string SectionName = ".flash.appdesc";

    /// <summary>Offset of the ELF file's digest in an image whose first segment begins with the description.</summary>
    internal const uint ElfHashOffsetInImage = ImageHeader.Size + ImageSegment.HeaderSize + 144;

    private const uint Magic = 0xABCD_5432;
    private const int Size = 256;

    private AppDescriptor(byte[] image, int offset)
    {
        SecureVersion = LittleEndian.ReadUInt32(image, offset + 4);
        Version = DescriptorText.Read(image, offset + 16, 32);
        ProjectName = DescriptorText.Read(image, offset + 48, 32);
        string time = DescriptorText.Read(image, offset + 80, 16);
        string date = DescriptorText.Read(image, offset + 96, 16);
        CompileTime = $"{date} {time}".Trim();
        IdfVersion = DescriptorText.Read(image, offset + 112, 32);
        ElfSha256 = Hex.Encode(image, offset + 144, 32);
        MinEfuseBlockRevision = LittleEndian.ReadUInt16(image, offset + 176);
        MaxEfuseBlockRevision = LittleEndian.ReadUInt16(image, offset + 178);
        int log2 = image[offset + 180];
        HasMmuPageSize = log2 != 0;
        MmuPageSize = log2 is > 0 and < 31 ? 1 << log2 : 0;
    }

    /// <summary>Version that anti-rollback compares with the eFuses.</summary>
    public uint SecureVersion { get; }

    /// <summary>Version of the application, as text.</summary>
    public string Version { get; }

    /// <summary>Name of the project.</summary>
    public string ProjectName { get; }

    /// <summary>Date and time of the build in the compiler's own form, such as <c>Mar 20 2026 06:20:11</c>.</summary>
    public string CompileTime { get; }

    /// <summary>Version of ESP-IDF, as text.</summary>
    public string IdfVersion { get; }

    /// <summary>SHA-256 of the ELF file, as lowercase hexadecimal.</summary>
    public string ElfSha256 { get; }

    /// <summary>Lowest eFuse block revision, major * 100 + minor.</summary>
    public int MinEfuseBlockRevision { get; }

    /// <summary>Highest eFuse block revision, major * 100 + minor.</summary>
    public int MaxEfuseBlockRevision { get; }

    /// <summary>Size of an MMU page in bytes; 0 for the chip's default.</summary>
    public int MmuPageSize { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ProjectName} {Version}";

    /// <summary>True when it names a page size, valid or not.</summary>
    internal bool HasMmuPageSize { get; }

    /// <summary>Reads a description if there is one.</summary>
    /// <param name="bytes">An image, or the section of an ELF file.</param>
    /// <param name="offset">Offset where it would be.</param>
    /// <param name="length">Number of bytes there.</param>
    internal static AppDescriptor? Find(byte[] bytes, int offset, int length) =>
        length >= Size && LittleEndian.ReadUInt32(bytes, offset) == Magic ? new AppDescriptor(bytes, offset) : null;
}
