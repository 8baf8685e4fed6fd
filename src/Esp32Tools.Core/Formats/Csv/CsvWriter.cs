using System.Collections.Generic;
using System.Text;

namespace Esp32Tools.Formats.Csv;

/// <summary>
/// Writes records as Python's <c>csv</c> module does with its usual dialect (docs.python.org, library/csv): quotes where
/// needed, and CR LF after each record. <see cref="CsvReader"/> reads its output back unchanged.
/// </summary>
public static class CsvWriter
{
    private static readonly char[] s_quoted = [',', '"', '\r', '\n'];

    /// <summary>Appends a record.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="fields">Its fields.</param>
    public static void Append(StringBuilder text, IReadOnlyList<string> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            string field = fields[i];
            bool isQuoted = field.IndexOfAny(s_quoted) >= 0 || (field.Length == 0 && fields.Count == 1);
            text.Append(i > 0 ? "," : string.Empty).Append(isQuoted ? $"\"{field.Replace("\"", "\"\"")}\"" : field);
        }

        text.Append("\r\n");
    }
}
