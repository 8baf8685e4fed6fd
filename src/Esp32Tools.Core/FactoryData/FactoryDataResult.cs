namespace Esp32Tools.FactoryData;

/// <summary>The NVS image of one unit.</summary>
public abstract record FactoryDataResult
{
    /// <summary>Which row of the table it is, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>What tells the unit apart.</summary>
    public required string Id { get; init; }

    /// <summary>Its name: prefix, number if wanted, id.</summary>
    public required string Unit { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of the image, encrypted if it is, in lowercase hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// First eight hexadecimal digits of the SHA-256 of the key that encrypts it: distinguishes keys without revealing them.
    /// Null when it
    /// is plain.
    /// </summary>
    public string? KeyFingerprint { get; init; }
}
