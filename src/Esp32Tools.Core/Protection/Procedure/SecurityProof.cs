namespace Esp32Tools.Protection.Procedure;

/// <summary>How it is known that a step is so.</summary>
public enum SecurityProof
{
    /// <summary>Nothing is claimed that would need a proof.</summary>
    None,

    /// <summary>The chip was read and holds it.</summary>
    ReadBack,

    /// <summary>The chip's own digest of its flash is that of the bytes which belong there.</summary>
    Digested,

    /// <summary>The chip did it with what is in it, and what came out is right.</summary>
    ShownByChip,

    /// <summary>It was done, and nothing can tell from here whether it is so.</summary>
    NotVerifiable,
}
