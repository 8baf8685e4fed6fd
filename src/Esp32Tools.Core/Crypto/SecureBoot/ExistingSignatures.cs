namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>What becomes of signatures that an image has already when it is signed.</summary>
public enum ExistingSignatures
{
    /// <summary>They stay, and the new ones go behind them, after all of them were found to be good for this image.</summary>
    Keep,

    /// <summary>They are taken away.</summary>
    Replace,

    /// <summary>They are data like the rest, and are signed with it.</summary>
    Cover,
}
