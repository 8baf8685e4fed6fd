using Esp32Tools.Errors;

namespace Esp32Tools.Nvs;

/// <summary>Names of namespaces and keys.</summary>
internal static class NvsNames
{
    /// <summary>Throws when a name cannot stand in an entry.</summary>
    /// <exception cref="ImageException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static void Require(string name, string what)
    {
        if (name.Length == 0)
        {
            throw NvsErrors.Rule($"The {what} has no name.", $"Give it one of 1 to {NvsFormat.LongestName} characters.");
        }

        if (NvsValue.Utf8(name).Length > NvsFormat.LongestName || name.IndexOf('\0') >= 0)
        {
            throw NvsErrors.Rule(
                $"The {what} '{name.Replace("\0", "\\0")}' is too long or has a zero byte in it.",
                $"Give it a name of 1 to {NvsFormat.LongestName} characters, as the firmware has to.");
        }
    }
}
