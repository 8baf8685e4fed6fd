using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// PowerShell's wildcards, regardless of case and culture. Text is compared as messages and views show it, with escapes for letters
/// that are not seen: PowerShell's own comparison skips some of them, and would take one name for another.
/// </summary>
internal static class Wildcards
{
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>True when the text matches one of the patterns.</summary>
    public static bool MatchAny(IEnumerable<string> patterns, string text)
    {
        string shown = Shown(text);
        return patterns.Any(pattern => WildcardPattern.ContainsWildcardCharacters(pattern)
            ? new WildcardPattern(Shown(pattern), Options).IsMatch(shown)
            : string.Equals(Shown(WildcardPattern.Unescape(pattern)), shown, StringComparison.OrdinalIgnoreCase));
    }

    private static string Shown(string text) => (string)VisibleText.Of(text)!;
}
