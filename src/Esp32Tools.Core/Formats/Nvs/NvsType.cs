namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Type of a value in NVS. The numbers are those in flash and of ESP-IDF's <c>nvs_type_t</c> (<c>nvs.h</c>); a blob of the first
/// format version has 0x41 in flash and is a <see cref="Blob"/> nevertheless.
/// </summary>
public enum NvsType : byte
{
    /// <summary>A namespace, which has a name and no value.</summary>
    Namespace = 0x00,

    /// <summary>Unsigned, 8 bits.</summary>
    U8 = 0x01,

    /// <summary>Unsigned, 16 bits.</summary>
    U16 = 0x02,

    /// <summary>Unsigned, 32 bits.</summary>
    U32 = 0x04,

    /// <summary>Unsigned, 64 bits.</summary>
    U64 = 0x08,

    /// <summary>Signed, 8 bits.</summary>
    I8 = 0x11,

    /// <summary>Signed, 16 bits.</summary>
    I16 = 0x12,

    /// <summary>Signed, 32 bits.</summary>
    I32 = 0x14,

    /// <summary>Signed, 64 bits.</summary>
    I64 = 0x18,

    /// <summary>
    /// A floating-point number of 32 bits. The vendor's reader knows it; neither firmware nor this module writes it.
    /// </summary>
    Float = 0x24,

    /// <summary>A floating-point number of 64 bits, as <see cref="Float"/>.</summary>
    Double = 0x28,

    /// <summary>UTF-8 text; in flash with a zero byte at its end.</summary>
    String = 0x21,

    /// <summary>Bytes.</summary>
    Blob = 0x42,
}
