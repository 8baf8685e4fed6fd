using System.Globalization;
using System.Text;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>An object of JSON in one line, of ASCII alone: nothing in it ends a line or is obeyed by a terminal.</summary>
internal sealed class JsonLine
{
    private const int LongestText = 500;

    private readonly StringBuilder _text = new("{");

    /// <summary>Adds a text, or null; a very long one is cut.</summary>
    public JsonLine Add(string name, string? value)
    {
        Name(name);
        if (value is null)
        {
            _text.Append("null");
            return this;
        }

        _text.Append('"');
        for (int i = 0; i < value.Length && i < LongestText; i++)
        {
            Letter(value[i]);
        }

        _text.Append('"');
        return this;
    }

    /// <summary>Adds a number, with three places.</summary>
    public JsonLine Add(string name, double value)
    {
        Name(name);
        _text.Append(value.ToString("0.###", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>The line, with its end.</summary>
    public override string ToString() => $"{_text}}}\n";

    private void Name(string name) => _text.Append(_text.Length > 1 ? ",\"" : "\"").Append(name).Append("\":");

    private void Letter(char letter)
    {
        if (letter is '"' or '\\')
        {
            _text.Append('\\').Append(letter);
        }
        else if (letter is >= ' ' and <= '~')
        {
            _text.Append(letter);
        }
        else
        {
            _text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }
    }
}
