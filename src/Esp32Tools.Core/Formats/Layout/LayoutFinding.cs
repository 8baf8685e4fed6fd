using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Layout;

/// <summary>Something about a set of images that the chip will not start with, or not as it seems to be meant.</summary>
/// <param name="Code">What kind of fault it is.</param>
/// <param name="Message">What is wrong, a whole sentence.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Target">The part that it is about.</param>
public sealed record LayoutFinding(ErrorCode Code, string Message, string Advice, string? Target)
{
    /// <summary>True when there is a right use for it, so that saying it is enough.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The finding as a refusal.</summary>
    public InputException ToException() => new(Code, Message, Advice) { Target = Target };

    /// <inheritdoc/>
    public override string ToString() => $"{Message} {Advice}";
}
