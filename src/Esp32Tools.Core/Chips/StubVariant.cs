namespace Esp32Tools.Chips;

/// <summary>The stub of early silicon in place of the usual one.</summary>
/// <param name="BelowRevision">The first revision (major * 100 + minor) that uses the usual stub again.</param>
/// <param name="StubName">Name of the stub file without extension; null where no stub works.</param>
public readonly record struct StubVariant(int BelowRevision, string? StubName);
