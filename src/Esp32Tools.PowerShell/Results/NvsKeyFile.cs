namespace Esp32Tools.PowerShell.Results;

/// <summary>A file with the key of an NVS partition. The key itself is not in here.</summary>
public sealed record NvsKeyFile
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>First eight hexadecimal digits of the key's SHA-256: tells keys apart and gives none away.</summary>
    public required string Fingerprint { get; init; }
}
