namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>Options for signing an image.</summary>
public sealed record SigningOptions
{
    /// <summary>Treatment of existing signatures.</summary>
    public ExistingSignatures Existing { get; init; }

    /// <summary>Version 2: pads the image with FF to a multiple of 4096 bytes, where chips look for the signatures.</summary>
    public bool Pad { get; init; } = true;
}
