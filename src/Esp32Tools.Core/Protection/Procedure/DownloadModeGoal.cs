namespace Esp32Tools.Protection.Procedure;

/// <summary>State of the ROM's serial loader at the end of a procedure.</summary>
public enum DownloadModeGoal
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It accepts flash writes only, from the next reset on.</summary>
    Secure,

    /// <summary>It is closed for good, from the next reset on.</summary>
    Disabled,
}
