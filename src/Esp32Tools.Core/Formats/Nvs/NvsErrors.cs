using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Errors in NVS data. No message quotes a value: it may be a password.</summary>
internal static class NvsErrors
{
    /// <summary>A value, a name or an encoding breaks a rule.</summary>
    public static InputException Rule(string message, string advice) => new(ErrorCode.NvsItemInvalid, message, advice);

    /// <summary>All namespace numbers are in use.</summary>
    public static InputException NoNamespaceLeft(string name) =>
        Rule($"There is no number left for the namespace '{name}'.", $"Use {NvsFormat.LastNamespace} namespaces at most.");

    /// <summary>There is no page left.</summary>
    public static InputException Full(int size, int pages) => new(
        ErrorCode.NvsFull, $"It does not fit: an NVS partition of 0x{size:X} bytes has {pages} pages for values.", "Take a larger partition, or fewer values.");

    /// <summary>The same exception, with the place in front.</summary>
    public static InputException At(string place, InputException error, string? target) =>
        new(error.Code, $"{place}: {error.Message}", error.Advice, error) { Target = target };
}
