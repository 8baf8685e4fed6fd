namespace Esp32Tools.Formats.Nvs;

/// <summary>State of an entry.</summary>
public enum NvsEntryState
{
    /// <summary>The firmware reads it.</summary>
    Written,

    /// <summary>Deleted, or replaced by a later one. It stays there until its page is erased.</summary>
    Erased,

    /// <summary>
    /// The firmware does not read it: it is damaged or incomplete, its namespace has no name, or its page has been given up.
    /// </summary>
    Unreadable,
}
