namespace Esp32Tools.Flash;

/// <summary>A digest of a flash range, computed by the chip.</summary>
public sealed record FlashHash
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Name of the algorithm; the loader supports only MD5.</summary>
    public string Algorithm => "MD5";

    /// <summary>The digest in lowercase hexadecimal.</summary>
    public required string Hash { get; init; }
}
