namespace Esp32Tools.Protection.State;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Something to know, not to mend.</summary>
    Information,

    /// <summary>Open to somebody with the device in hand.</summary>
    Warning,

    /// <summary>What was asked for does not protect, or the device cannot work any more.</summary>
    Critical,
}
