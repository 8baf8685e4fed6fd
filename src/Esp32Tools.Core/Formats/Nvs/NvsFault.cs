namespace Esp32Tools.Formats.Nvs;

/// <summary>What is wrong with an entry by itself.</summary>
internal enum NvsFault
{
    None,

    /// <summary>Its two bits are 01, which is no state.</summary>
    State,

    /// <summary>It is marked as empty and is not blank.</summary>
    NotMarked,

    /// <summary>The entries that belong to it are not all of its state.</summary>
    Parts,

    /// <summary>Its CRC is wrong.</summary>
    Crc,

    /// <summary>It has no entries, goes beyond its page, or has another number of entries than its length asks for.</summary>
    Span,

    /// <summary>Its type is unknown.</summary>
    Type,

    /// <summary>Its key is empty, does not end, or is no text.</summary>
    Key,

    /// <summary>It is a namespace of another type or number than there are.</summary>
    Namespace,

    /// <summary>The CRC of the bytes behind it is wrong.</summary>
    DataCrc,

    /// <summary>It is a string that does not end, ends early, or is no text.</summary>
    Text,
}
