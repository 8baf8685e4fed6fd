namespace Esp32Tools.Formats.Partitions;

/// <summary>A name for a subtype.</summary>
/// <param name="TypeNumber">The type that it belongs to.</param>
/// <param name="Name">The name.</param>
/// <param name="Number">The number in the table.</param>
public sealed record PartitionSubType(byte TypeNumber, string Name, byte Number);
