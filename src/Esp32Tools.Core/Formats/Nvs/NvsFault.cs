namespace Esp32Tools.Formats.Nvs;

/// <summary>A fault of a single entry.</summary>
internal enum NvsFault
{
    None,

    /// <summary>Its state bits are 01, which is not a valid state.</summary>
    State,

    /// <summary>It is marked as empty but is not blank.</summary>
    NotMarked,

    /// <summary>The entries that belong to it have different states.</summary>
    Parts,

    /// <summary>Its CRC is wrong.</summary>
    Crc,

    /// <summary>Its span is zero, extends past its page, or does not match its length.</summary>
    Span,

    /// <summary>Its type is unknown.</summary>
    Type,

    /// <summary>Its key is empty, unterminated, or not text.</summary>
    Key,

    /// <summary>It is a namespace of an invalid type or number.</summary>
    Namespace,

    /// <summary>The CRC of its data bytes is wrong.</summary>
    DataCrc,

    /// <summary>It is a string that is unterminated, ends early, or is not text.</summary>
    Text,
}
