using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// The description that an ESP-IDF bootloader carries: 80 bytes at the start of its first segment.
/// <code>
/// offset  0    1         3        4         8         40          64
///       | 50 | reserved| secure | version | ESP-IDF | date and  | reserved |
///       |    |         | version|         | version | time      |          |
/// bytes   1    2         1        4         32        24          16
/// </code>
/// Source: ESP-IDF, esp_bootloader_desc.h.
/// </summary>
public sealed class BootloaderDescriptor
{
    private const byte Magic = 0x50;
    private const int Size = 80;

    private BootloaderDescriptor(byte[] image, int offset)
    {
        SecureVersion = image[offset + 3];
        Version = LittleEndian.ReadUInt32(image, offset + 4);
        IdfVersion = DescriptorText.Read(image, offset + 8, 32);
        CompileTime = DescriptorText.Read(image, offset + 40, 24);
    }

    /// <summary>Version that anti-rollback compares with the eFuses.</summary>
    public byte SecureVersion { get; }

    /// <summary>Version of the bootloader.</summary>
    public uint Version { get; }

    /// <summary>Version of ESP-IDF, as text.</summary>
    public string IdfVersion { get; }

    /// <summary>Date and time of the build in the compiler's own form, such as <c>Mar 11 2026 10:22:33</c>.</summary>
    public string CompileTime { get; }

    /// <inheritdoc/>
    public override string ToString() => $"bootloader {Version}";

    // One byte of magic is weak evidence: both texts must be text as well.
    internal static BootloaderDescriptor? Find(byte[] image, ImageSegment first)
    {
        int offset = first.DataOffset;
        return first.Length >= Size && image[offset] == Magic
            && DescriptorText.IsText(image, offset + 8, 32) && DescriptorText.IsText(image, offset + 40, 24)
            ? new BootloaderDescriptor(image, offset)
            : null;
    }
}
