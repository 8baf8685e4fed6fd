using Esp32Tools.Errors;

namespace Esp32Tools.Nvs;

/// <summary>Failures of NVS data. No message quotes a value: it may be a password.</summary>
internal static class NvsErrors
{
    /// <summary>A value, a name or an encoding breaks a rule.</summary>
    public static ImageException Rule(string message, string advice) => new(ErrorCode.NvsItemInvalid, message, advice);

    /// <summary>All numbers of namespaces are taken.</summary>
    public static ImageException NoNamespaceLeft(string name) =>
        Rule($"There is no number left for the namespace '{name}'.", $"Use {NvsFormat.LastNamespace} namespaces at most.");

    /// <summary>There is no page left.</summary>
    public static ImageException Full(int size, int pages) => new(
        ErrorCode.NvsFull, $"It does not fit: an NVS partition of 0x{size:X} bytes has {pages} pages for values.", "Take a larger partition, or fewer values.");

    /// <summary>The same failure, with the place in front.</summary>
    public static ImageException At(string place, ImageException error, string? target) =>
        new(error.Code, $"{place}: {error.Message}", error.Advice, error) { Target = target };
}
