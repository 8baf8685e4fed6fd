namespace Esp32Tools.Procedures;

/// <summary>What becomes of the serial loader at the end of a security procedure.</summary>
public enum DownloadMode
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It takes flash writes and little else, for good.</summary>
    Secure,

    /// <summary>It is closed for good.</summary>
    Disabled,
}
