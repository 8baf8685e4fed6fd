namespace Esp32Tools.Efuse.Plan;

/// <summary>The two kinds of protection.</summary>
public enum EfuseProtection
{
    /// <summary>It can never be burned again.</summary>
    Write,

    /// <summary>Software reads zeros in its place.</summary>
    Read,
}
