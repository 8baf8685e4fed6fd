namespace Esp32Tools.PowerShell.Results;

/// <summary>A file with a flash encryption key. The key itself is not in here.</summary>
public sealed record FlashKeyFile
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Length of the key, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>First eight hexadecimal digits of the key's SHA-256: tells keys apart and gives none away.</summary>
    public required string Fingerprint { get; init; }
}
