namespace Esp32Tools.Formats.Nvs;

/// <summary>Severity of a finding in NVS.</summary>
public enum NvsFindingSeverity
{
    /// <summary>For information; nothing to repair.</summary>
    Information,

    /// <summary>The firmware copes with it when it starts.</summary>
    Warning,

    /// <summary>A value is lost or may be the wrong one, or the firmware cannot use the partition.</summary>
    Error,
}
