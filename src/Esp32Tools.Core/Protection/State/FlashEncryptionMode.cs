namespace Esp32Tools.Protection.State;

/// <summary>Level of flash encryption.</summary>
public enum FlashEncryptionMode
{
    /// <summary>It is off.</summary>
    None,

    /// <summary>It is on, and the loader can still write through it, or it can still be switched off.</summary>
    Development,

    /// <summary>It is on for good, and the loader cannot write through it.</summary>
    Release,
}
