using Esp32Tools.Errors;

namespace Esp32Tools.Nvs;

/// <summary>Failures of NVS data. No message quotes a value: it may be a password.</summary>
internal static class NvsErrors
{
    /// <summary>A value, a name or an encoding breaks a rule.</summary>
    public static ImageException Rule(string message, string advice) => new(ErrorCode.NvsItemInvalid, message, advice);

    /// <summary>The same failure, with the place in front.</summary>
    public static ImageException At(string place, ImageException error, string? target) =>
        new(error.Code, $"{place}: {error.Message}", error.Advice, error) { Target = target };
}
