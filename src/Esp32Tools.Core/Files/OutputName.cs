using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Esp32Tools.Files;

/// <summary>
/// File names as the least precise file system compares them: regardless of case, Unicode form, and dots and blanks at the
/// end; and a Windows device name stays one with any text after its first dot. A set of files that differ by these rules
/// can be copied anywhere.
/// </summary>
public static class OutputName
{
    private const string NotInNames = "<>:\"/\\|?*";
    private const char Escape = '_';

    // Source: Microsoft, "Naming Files, Paths, and Namespaces". The superscript digits count as digits.
    private static readonly HashSet<string> s_devices = new(
        new[] { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" }
            .Concat("0123456789\u00B9\u00B2\u00B3".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" })),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Compares paths: those are equal that may be the same file on some system.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new ForgetfulComparer(KeyOf);

    /// <summary>Compares single names in the same way; any text may be compared.</summary>
    internal static IEqualityComparer<string> NameComparer { get; } = new ForgetfulComparer(KeyOfName);

    /// <summary>True when the last part of a path is a Windows device name.</summary>
    public static bool IsDevice(string path) => IsDeviceName(path.Substring(path.LastIndexOfAny(['/', '\\']) + 1));

    /// <summary>
    /// A name that every file system accepts unchanged, and that does not lead out of a folder: other letters are replaced, and a device's
    /// name begins with an underscore. Different texts may give the same name.
    /// </summary>
    /// <param name="text">Any text, such as the name of a partition.</param>
    /// <param name="extension">The extension, with its dot.</param>
    public static string Safe(string text, string extension)
    {
        string name = new([.. text.Select(letter => letter < ' ' || NotInNames.Contains(letter) ? Escape : letter)]);
        return name.TrimStart('.').Length == 0 || IsDeviceName(name) ? $"{Escape}{name}{extension}" : $"{name}{extension}";
    }

    private static bool IsDeviceName(string name) => s_devices.Contains(name.Split('.')[0].TrimEnd(' '));

    private static string KeyOf(string path) => string.Join("/", Path.GetFullPath(path).Split('/', Path.DirectorySeparatorChar).Select(KeyOfName));

    private static string KeyOfName(string name)
    {
        string plain = Normalize(name).ToUpperInvariant().TrimEnd('.', ' ');
        return IsDeviceName(plain) ? plain.Split('.')[0].TrimEnd(' ') : plain;
    }

    // Text that is not valid Unicode has no other form.
    private static string Normalize(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private sealed class ForgetfulComparer(Func<string, string> key) : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? x == y : key(x) == key(y);

        public int GetHashCode(string obj) => StringComparer.Ordinal.GetHashCode(key(obj));
    }
}
