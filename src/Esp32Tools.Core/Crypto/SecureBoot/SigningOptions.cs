namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>How an image is signed.</summary>
public sealed record SigningOptions
{
    /// <summary>What becomes of signatures that are there.</summary>
    public ExistingSignatures Existing { get; init; }

    /// <summary>Version 2: fills the image up with FF to a multiple of 4096 bytes, where chips look for the signatures.</summary>
    public bool Pad { get; init; } = true;
}
