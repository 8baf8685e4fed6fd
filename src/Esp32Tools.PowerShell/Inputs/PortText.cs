using System;
using System.Text.RegularExpressions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Tells the name of a port from the path of a file. One rule for all cmdlets that take text for either.</summary>
internal static class PortText
{
    private static readonly Regex s_form = new(@"^(?:COM\d+$|/dev/(?!(?:zero|null|full|u?random|std(?:in|out|err))$|fd/)|\\\\\.\\|virtual:|usb:|[a-z][a-z0-9+]*://)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
    private static readonly Regex s_file = new(@"[*?\[]|\.[A-Za-z0-9_]+$|^[^/].*[/\\]", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>True for text in a form that ports have, be there such a port or not.</summary>
    public static bool IsName(string text) => s_form.IsMatch(text);

    /// <summary>
    /// True for the path of a file. What exists is a file or a port by its kind: the other end of a pseudo-terminal may have any
    /// path. Else it is the form: a file has a wildcard, an extension or a folder before it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    public static bool IsFile(string text, ProviderPaths paths) => !IsName(text) && (paths.IsRegularFile(text) ?? s_file.IsMatch(text));

    /// <summary>A sentence for text in the place of another thing that is the name of a port; null for other text.</summary>
    /// <param name="value">The argument.</param>
    public static string? Hint(object? value) => Arguments.BaseOf(value) is string text && IsName(text)
        ? $"'{text}' is the name of a port: use -Device for it."
        : null;
}
