namespace Esp32Tools.Formats.Nvs;

/// <summary>State of an NVS page.</summary>
public enum NvsPageState
{
    /// <summary>Not in use; all its bytes are FF.</summary>
    Unused,

    /// <summary>Takes new entries; there is one such page.</summary>
    Active,

    /// <summary>Takes no more entries.</summary>
    Full,

    /// <summary>
    /// Its entries are being moved, so that it can be erased. A power failure during the move leaves this state behind.
    /// </summary>
    Freeing,

    /// <summary>Given up by the firmware.</summary>
    Corrupt,

    /// <summary>None of the known states.</summary>
    Unknown,
}
