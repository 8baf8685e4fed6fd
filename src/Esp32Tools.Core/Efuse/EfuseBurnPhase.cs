namespace Esp32Tools.Efuse;

/// <summary>When a field of block 0 is burned; everything else comes before block 0.</summary>
public enum EfuseBurnPhase
{
    /// <summary>With the first part of block 0.</summary>
    Normal,

    /// <summary>After all else is burned and checked: what locks, hides or starts protecting.</summary>
    Late,

    /// <summary>At the very end: what takes away the loader that would read it back.</summary>
    Last,
}
