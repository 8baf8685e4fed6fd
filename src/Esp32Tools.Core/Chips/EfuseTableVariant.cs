namespace Esp32Tools.Chips;

/// <summary>A field table that applies from a silicon revision on.</summary>
/// <param name="FromRevision">First revision, major * 100 + minor.</param>
/// <param name="Table">Name of the embedded field table.</param>
public readonly record struct EfuseTableVariant(int FromRevision, string Table);
