namespace Esp32Tools.Chips;

/// <summary>The inputs for the name of a part.</summary>
/// <param name="Package">Package number from eFuse.</param>
/// <param name="MajorRevision">Major silicon revision.</param>
/// <param name="Fuses">The eFuses, for other inputs.</param>
public readonly record struct PackageQuery(uint Package, int MajorRevision, EfuseView Fuses);
