namespace Esp32Tools.Formats.Partitions;

/// <summary>How the bytes of a partition, in a file or in memory, stand to those in flash.</summary>
public enum PartitionContents
{
    /// <summary>As an application sees them, and as they stood in flash: flash encryption did not cover them.</summary>
    Plain,

    /// <summary>As an application sees them; they stood encrypted in flash.</summary>
    Decrypted,

    /// <summary>As they stood in flash, encrypted with the key of one chip for one address.</summary>
    Encrypted,
}
