using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Names of namespaces and keys.</summary>
internal static class NvsNames
{
    /// <summary>Throws when a name is not valid in an entry.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">The named thing, such as a key.</param>
    /// <param name="place">Its place, in words that follow the name; empty for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static void Require(string name, string what, string place = "")
    {
        if (name.Length == 0)
        {
            throw NvsErrors.Rule($"A {what}{place} has no name.", $"Give it one of 1 to {NvsFormat.LongestName} characters.");
        }

        if (NvsValue.Utf8(name).Length > NvsFormat.LongestName || name.IndexOf('\0') >= 0)
        {
            throw NvsErrors.Rule(
                $"The {what} '{name.Replace("\0", "\\0")}'{place} {(name.IndexOf('\0') >= 0 ? "has a zero byte in it" : $"takes {NvsValue.Utf8(name).Length} bytes; {NvsFormat.LongestName} fit")}.",
                $"Give it a name of 1 to {NvsFormat.LongestName} characters, as the firmware has to.");
        }
    }
}
