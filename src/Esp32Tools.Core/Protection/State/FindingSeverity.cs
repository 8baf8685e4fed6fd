namespace Esp32Tools.Protection.State;

/// <summary>Severity of a finding.</summary>
public enum FindingSeverity
{
    /// <summary>For information; nothing to repair.</summary>
    Information,

    /// <summary>Open to somebody with physical access.</summary>
    Warning,

    /// <summary>The requested protection is not effective, or the device can no longer work.</summary>
    Critical,
}
