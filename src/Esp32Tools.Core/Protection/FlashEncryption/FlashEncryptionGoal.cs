namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>How far flash encryption is taken.</summary>
public enum FlashEncryptionGoal
{
    /// <summary>On, with one bit of the counter, and everything else left open: it can be switched off again.</summary>
    Development,

    /// <summary>On for good, and what would lead around it locked.</summary>
    Release,
}
