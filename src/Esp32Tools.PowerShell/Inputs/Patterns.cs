using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Regular expressions for lines of output, regardless of case and culture.</summary>
internal static class Patterns
{
    /// <summary>Makes expressions from texts.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: one of them is malformed.</exception>
    public static IReadOnlyList<Regex> Compile(IEnumerable<string> patterns) => [.. patterns.Select(Compile)];

    private static Regex Compile(string pattern)
    {
        try
        {
            return UserPattern.Make(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"'{pattern}' is not a regular expression: {error.Message}", "Put a backslash before characters that are meant literally.", error)
            { Target = pattern };
        }
    }
}
