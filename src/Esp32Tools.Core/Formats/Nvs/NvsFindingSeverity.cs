namespace Esp32Tools.Formats.Nvs;

/// <summary>How bad a finding in NVS is.</summary>
public enum NvsFindingSeverity
{
    /// <summary>Something to know, not to mend.</summary>
    Information,

    /// <summary>The firmware copes with it when it starts.</summary>
    Warning,

    /// <summary>A value is lost or may be the wrong one, or the firmware cannot use the partition.</summary>
    Error,
}
