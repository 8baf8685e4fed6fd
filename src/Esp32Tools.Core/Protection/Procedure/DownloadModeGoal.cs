namespace Esp32Tools.Protection.Procedure;

/// <summary>What becomes of the serial loader in the ROM at the end of a procedure.</summary>
public enum DownloadModeGoal
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It takes flash writes only, from the next reset on.</summary>
    Secure,

    /// <summary>It is closed for good, from the next reset on.</summary>
    Disabled,
}
