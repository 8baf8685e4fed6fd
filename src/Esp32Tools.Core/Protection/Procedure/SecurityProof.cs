namespace Esp32Tools.Protection.Procedure;

/// <summary>Proof of a step.</summary>
public enum SecurityProof
{
    /// <summary>No proof needed.</summary>
    None,

    /// <summary>Read back from the chip.</summary>
    ReadBack,

    /// <summary>The chip's own digest of its flash matches the expected bytes.</summary>
    Digested,

    /// <summary>The chip processed data with its own contents, and the result is right.</summary>
    ShownByChip,

    /// <summary>Done, but not verifiable.</summary>
    NotVerifiable,
}
