namespace Esp32Tools.Efuse.Plan;

/// <summary>Kind of protection.</summary>
public enum EfuseProtection
{
    /// <summary>Write protection: it can never be burned again.</summary>
    Write,

    /// <summary>Read protection: software reads zeros instead.</summary>
    Read,
}
