namespace Esp32Tools.Chips;

/// <summary>What the name of a part depends on.</summary>
/// <param name="Package">Package number from eFuse.</param>
/// <param name="MajorRevision">Major silicon revision.</param>
/// <param name="Fuses">The eFuses, for what else it depends on.</param>
public readonly record struct PackageQuery(uint Package, int MajorRevision, EfuseView Fuses);
