namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>Target level of flash encryption.</summary>
public enum FlashEncryptionGoal
{
    /// <summary>On, with one bit of the counter, and everything else open: it can be switched off again.</summary>
    Development,

    /// <summary>On for good, and the ways around it locked.</summary>
    Release,
}
