using System;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The words that stand for no particular flash setting.</summary>
internal static class FlashSettings
{
    /// <summary>Leaves the setting as the image has it.</summary>
    public const string Keep = "Keep";

    /// <summary>Uses the value that the flash memory reports.</summary>
    public const string Detect = "Detect";

    /// <summary>The setting; null when it is kept. One on the command line comes before one in a list of files.</summary>
    /// <param name="isGiven">True when the command line has it.</param>
    /// <param name="given">The value of the parameter.</param>
    /// <param name="listed">The value in the list of files; null for none.</param>
    public static string? Choose(bool isGiven, string given, string? listed) => !isGiven ? listed : Is(given, Keep) ? null : given;

    /// <summary>True when the setting is to be detected.</summary>
    public static bool IsDetect(string given) => Is(given, Detect);

    private static bool Is(string given, string word) => string.Equals(given, word, StringComparison.OrdinalIgnoreCase);
}
