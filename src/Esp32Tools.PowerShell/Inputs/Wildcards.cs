using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>PowerShell's wildcards, regardless of case and culture.</summary>
internal static class Wildcards
{
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>True when the text matches one of the patterns.</summary>
    public static bool MatchAny(IEnumerable<string> patterns, string text) =>
        patterns.Any(pattern => new WildcardPattern(pattern, Options).IsMatch(text));
}
