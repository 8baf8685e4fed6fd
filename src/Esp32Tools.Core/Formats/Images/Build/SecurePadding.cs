namespace Esp32Tools.Formats.Images.Build;

/// <summary>How an image is filled up so that, once signed, all that is mapped of it is verified.</summary>
public enum SecurePadding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>For secure boot v1: image and signature end with an MMU page.</summary>
    V1,

    /// <summary>For secure boot v2: the image ends with an MMU page, and the signature sector stands behind it.</summary>
    V2,
}
