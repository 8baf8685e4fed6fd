namespace Esp32Tools.Formats.Partitions;

/// <summary>The form of a partition's bytes, in a file or in memory, compared to flash.</summary>
public enum PartitionContents
{
    /// <summary>Plain, as an application sees them and as in flash: flash encryption did not cover them.</summary>
    Plain,

    /// <summary>Decrypted, as an application sees them; they were encrypted in flash.</summary>
    Decrypted,

    /// <summary>Encrypted as in flash, with the key of one chip for one address.</summary>
    Encrypted,
}
