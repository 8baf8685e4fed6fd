using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Layout;

/// <summary>A reason why the chip will not start with a set of images, or not as seems intended.</summary>
/// <param name="Code">Kind of the fault.</param>
/// <param name="Message">The fault, a full sentence.</param>
/// <param name="Advice">The remedy.</param>
/// <param name="Target">The part concerned.</param>
public sealed record LayoutFinding(ErrorCode Code, string Message, string Advice, string? Target)
{
    /// <summary>True when there is a valid use for it, so that a warning is enough.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The finding as a refusal.</summary>
    public InputException ToException() => new(Code, Message, Advice) { Target = Target };

    /// <inheritdoc/>
    public override string ToString() => $"{Message} {Advice}";
}
