namespace Esp32Tools.Protection.State;

/// <summary>Something about a device's protection that a person should know.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Id">A stable name for it, such as <c>JtagOpen</c>.</param>
/// <param name="Text">What is the case.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record SecurityFinding(FindingSeverity Severity, string Id, string Text, string Advice)
{
    /// <summary>The port of the device, so that findings of many can be told apart; null for a dump.</summary>
    public string? PortName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Text}";
}
