namespace Esp32Tools.Flash;

/// <summary>A digest of a flash range, made by the chip.</summary>
public sealed record FlashHash
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Which digest; the loader knows MD5 alone.</summary>
    public string Algorithm => "MD5";

    /// <summary>The digest in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}
