namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>The treatment of existing signatures when an image is signed.</summary>
public enum ExistingSignatures
{
    /// <summary>Existing signatures are kept, if all of them are valid for this image, and the new ones go after them.</summary>
    Keep,

    /// <summary>Existing signatures are removed.</summary>
    Replace,

    /// <summary>Existing signatures are treated as data and signed with the rest.</summary>
    Cover,
}
