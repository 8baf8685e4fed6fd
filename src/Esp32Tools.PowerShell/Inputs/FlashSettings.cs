using System;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The words that stand for no particular flash setting.</summary>
internal static class FlashSettings
{
    /// <summary>Leaves the setting as the image has it.</summary>
    public const string Keep = "Keep";

    /// <summary>Uses the value that the flash memory reports.</summary>
    public const string Detect = "Detect";

    /// <summary>The setting; null when it is kept.</summary>
    public static string? Value(string given) => Is(given, Keep) ? null : given;

    /// <summary>True when the setting is to be detected.</summary>
    public static bool IsDetect(string given) => Is(given, Detect);

    private static bool Is(string given, string word) => string.Equals(given, word, StringComparison.OrdinalIgnoreCase);
}
