namespace Esp32Tools.Protection.State;

/// <summary>A finding about a device's protection.</summary>
/// <param name="severity">The severity.</param>
/// <param name="Id">Stable id of the rule, such as <c>JtagOpen</c>.</param>
/// <param name="Text">Description of the finding.</param>
/// <param name="Advice">The remedy.</param>
public sealed record SecurityFinding(FindingSeverity severity, string Id, string Text, string Advice)
{
    /// <summary>The severity: the name of a <see cref="FindingSeverity"/>.</summary>
    public string Severity { get; } = severity.ToString();

    /// <summary>Port of the device, to distinguish the findings of several devices; null for a dump.</summary>
    public string? PortName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Text}";
}
