namespace Esp32Tools.FactoryData;

/// <summary>The NVS image of one unit.</summary>
public abstract record FactoryDataResult
{
    /// <summary>Its row in the table, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Id of the unit.</summary>
    public required string Id { get; init; }

    /// <summary>Its name: prefix, optional number, id.</summary>
    public required string Unit { get; init; }

    /// <summary>Size of the image in bytes.</summary>
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
