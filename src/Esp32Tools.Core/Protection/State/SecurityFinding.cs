namespace Esp32Tools.Protection.State;

/// <summary>A finding about a device's protection.</summary>
public sealed record SecurityFinding
{
    /// <summary>A finding.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="id">Stable id of the rule, such as <c>JtagOpen</c>.</param>
    /// <param name="text">Description of the finding.</param>
    /// <param name="advice">The remedy.</param>
    public SecurityFinding(FindingSeverity severity, string id, string text, string advice)
    {
        Severity = severity.ToString();
        Id = id;
        Text = text;
        Advice = advice;
    }

    /// <summary>The severity: the name of a <see cref="FindingSeverity"/>.</summary>
    public string Severity { get; }

    /// <summary>Stable id of the rule, such as <c>JtagOpen</c>.</summary>
    public string Id { get; }

    /// <summary>Description of the finding.</summary>
    public string Text { get; }

    /// <summary>The remedy.</summary>
    public string Advice { get; }

    /// <summary>Port of the device, to distinguish the findings of several devices; null for a dump.</summary>
    public string? PortName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Text}";
}
