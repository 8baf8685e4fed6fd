namespace Esp32Tools.Chips;

/// <summary>What early silicon runs in place of the usual stub.</summary>
/// <param name="BelowRevision">The first revision (major * 100 + minor) that takes the usual stub again.</param>
/// <param name="StubName">Name of the stub file without its ending; null where no stub works.</param>
public readonly record struct StubVariant(int BelowRevision, string? StubName);
