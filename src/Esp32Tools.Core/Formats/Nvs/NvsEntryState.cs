namespace Esp32Tools.Formats.Nvs;

/// <summary>What became of an entry.</summary>
public enum NvsEntryState
{
    /// <summary>The firmware reads it.</summary>
    Written,

    /// <summary>Deleted, or replaced by a later one. It stays there until its page is erased.</summary>
    Erased,

    /// <summary>
    /// It is there and the firmware does not read it: it is damaged, a part of it is missing, nothing names its namespace, or its
    /// page is given up.
    /// </summary>
    Unreadable,
}
