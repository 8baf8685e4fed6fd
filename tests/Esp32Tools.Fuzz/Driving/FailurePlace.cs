using System;
using System.Linq;

namespace Esp32Tools.Fuzz.Driving;

/// <summary>Tells one fault from another, so that each is reported once.</summary>
internal static class FailurePlace
{
    /// <summary>Kind of the exception, and the lines of the first methods of this project; the text itself for other faults.</summary>
    public static string Of(string breach)
    {
        string[] lines = breach.Split('\n');
        string[] own = [.. lines.Where(line => line.Contains(" at Esp32Tools.", StringComparison.Ordinal)).Take(3)];
        return own.Length > 0 ? string.Join("|", own.Prepend(lines[0].Split(':')[0])) : new string([.. lines[0].Where(letter => !char.IsDigit(letter))]);
    }
}
