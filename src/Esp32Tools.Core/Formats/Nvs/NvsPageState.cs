namespace Esp32Tools.Formats.Nvs;

/// <summary>What a page of NVS is used for.</summary>
public enum NvsPageState
{
    /// <summary>Not in use; all its bytes are FF.</summary>
    Unused,

    /// <summary>Takes new entries; there is one of them.</summary>
    Active,

    /// <summary>Takes no more entries.</summary>
    Full,

    /// <summary>Its entries are being moved, so that it can be erased. It stays so when the power fails meanwhile.</summary>
    Freeing,

    /// <summary>Given up by the firmware.</summary>
    Corrupt,

    /// <summary>None of the states that there are.</summary>
    Unknown,
}
