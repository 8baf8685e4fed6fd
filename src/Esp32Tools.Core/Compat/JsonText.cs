using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.Compat;

/// <summary>
/// A strict JSON parser. The framework's own reader for netstandard2.0 converts to XML and loses line numbers; others are
/// packages. Source: RFC 8259.
/// </summary>
internal sealed class JsonText
{
    private const int MaxDepth = 64;

    private static readonly Regex s_number = new(@"\G-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", RegexOptions.CultureInvariant);
    private static readonly Regex s_word = new(@"\G(true|false|null)\b", RegexOptions.CultureInvariant);

    private readonly string _text;
    private int _position;
    private int _line = 1;
    private int _depth;

    private JsonText(string text) => _text = text;

    /// <summary>Parses one value; only blanks may follow it.</summary>
    /// <exception cref="JsonTextException">It is not JSON; names the line.</exception>
    public static JsonValue Parse(string text)
    {
        var reader = new JsonText(text);
        JsonValue value = reader.ReadValue();
        reader.SkipBlanks();
        return reader._position == text.Length ? value : throw reader.Fail("has something behind the end");
    }

    private JsonValue ReadValue()
    {
        SkipBlanks();
        switch (Peek())
        {
            case '{':
                return Nested(ReadTable);
            case '[':
                return Nested(ReadList);
            case '"':
                int line = _line;
                return new JsonValue(JsonKind.Text, line) { Text = ReadText() };
            default:
                return ReadPlain();
        }
    }

    private JsonValue Nested(System.Func<JsonValue> read)
    {
        if (++_depth > MaxDepth)
        {
            throw Fail($"is nested more than {MaxDepth} deep");
        }

        JsonValue value = read();
        _depth--;
        return value;
    }

    private JsonValue ReadTable()
    {
        int line = _line;
        List<KeyValuePair<string, JsonValue>> members = [];
        HashSet<string> names = [];
        _position++;
        for (bool isFirst = true; !TryTake('}'); isFirst = false)
        {
            Separate(isFirst);
            if (Peek() != '"')
            {
                throw Fail("has no name in quotation marks where one should be");
            }

            string name = ReadText();
            if (!names.Add(name))
            {
                throw Fail($"has the name '{name}' a second time");
            }

            if (!TryTake(':'))
            {
                throw Fail($"has no colon behind the name '{name}'");
            }

            members.Add(new(name, ReadValue()));
        }

        return new JsonValue(JsonKind.Table, line) { Members = members };
    }

    private JsonValue ReadList()
    {
        int line = _line;
        List<JsonValue> items = [];
        _position++;
        for (bool isFirst = true; !TryTake(']'); isFirst = false)
        {
            Separate(isFirst);
            items.Add(ReadValue());
        }

        return new JsonValue(JsonKind.List, line) { Items = items };
    }

    private void Separate(bool isFirst)
    {
        if (!isFirst && !TryTake(','))
        {
            throw Fail("has no comma where one should be");
        }

        SkipBlanks();
    }

    private JsonValue ReadPlain()
    {
        Match word = s_word.Match(_text, _position);
        Match match = word.Success ? word : s_number.Match(_text, _position);
        if (!match.Success)
        {
            throw Fail(_position < _text.Length ? $"has '{_text[_position]}' where a value should be" : "ends where a value should be");
        }

        _position += match.Length;
        JsonKind kind = !word.Success ? JsonKind.Number : match.Value == "null" ? JsonKind.Null : JsonKind.Boolean;
        return new JsonValue(kind, _line) { Text = match.Value };
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        _position++;
        while (Peek() is var letter && letter != '"')
        {
            if (letter < ' ')
            {
                throw Fail("ends inside a text");
            }

            _position++;
            text.Append(letter == '\\' ? ReadEscape() : letter);
        }

        _position++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        char letter = Peek();
        _position++;
        switch (letter)
        {
            case '"' or '\\' or '/':
                return letter;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= _text.Length && ushort.TryParse(
                _text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _position += 4;
                return (char)code;
            default:
                throw Fail("has an escape sequence in a text that there is not");
        }
    }

    private bool TryTake(char letter)
    {
        SkipBlanks();
        bool isThere = Peek() == letter;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _line += Peek() == '\n' ? 1 : 0;
            _position++;
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private JsonTextException Fail(string what) => new(_line, what);
}
