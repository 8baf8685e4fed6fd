namespace Esp32Tools.Formats.Images.Build;

/// <summary>Padding of an image, so that the signature covers everything the MMU maps.</summary>
public enum SecurePadding
{
    /// <summary>No padding.</summary>
    None,

    /// <summary>For secure boot v1: image and signature end with an MMU page.</summary>
    V1,

    /// <summary>For secure boot v2: the image ends with an MMU page, and the signature sector follows it.</summary>
    V2,
}
