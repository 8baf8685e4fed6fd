using System;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Converts text, files and objects to NVS values, each checked against its type.</summary>
public static class NvsValue
{
    private const int SizeOfSize = 4;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value of a table row.</summary>
    /// <param name="encoding">The encoding, see <see cref="NvsEncoding"/>.</param>
    /// <param name="text">The text of the value; or the path of a file, when <paramref name="readFile"/> is given.</param>
    /// <param name="readFile">Gives the bytes of the file that the text names; null when the text is the value itself.</param>
    /// <returns>The value, in the .NET type that belongs to <see cref="NvsEncoding.Type"/>.</returns>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>, and the exceptions of reading the file.</exception>
    public static object Parse(string encoding, string text, Func<string, byte[]>? readFile = null)
    {
        var parsed = NvsEncoding.Parse(encoding);
        return readFile is null ? Parse(parsed, text) : FromFile(parsed, readFile(text));
    }

    /// <summary>The value of a text.</summary>
    /// <param name="encoding">Encoding of the text.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static object Parse(NvsEncoding encoding, string text) => encoding.Form switch
    {
        NvsTextForm.Number => NvsNumber.Parse(encoding.Type, text),
        NvsTextForm.Text => Require(text),
        NvsTextForm.Hex => FromHex(text),
        NvsTextForm.Base64 => FromBase64(text),
        _ => FromBytes(encoding, Utf8(text)),
    };

    /// <summary>The value of a file's bytes.</summary>
    /// <param name="encoding">Encoding of the file.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static object FromFile(NvsEncoding encoding, byte[] content)
    {
        if (encoding.Form is NvsTextForm.Binary or NvsTextForm.Fill or NvsTextForm.SizedFill)
        {
            return FromBytes(encoding, content);
        }

        try
        {
            return Parse(encoding, s_strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            throw NvsErrors.Rule("The file is no text in UTF-8.", "Save it as UTF-8, or take it as 'binary'.");
        }
    }

    /// <summary>The NVS type of a .NET object.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>: NVS has no such values.</exception>
    internal static NvsType TypeOf(object? value) => value switch
    {
        byte => NvsType.U8,
        sbyte => NvsType.I8,
        ushort => NvsType.U16,
        short => NvsType.I16,
        uint => NvsType.U32,
        int => NvsType.I32,
        ulong => NvsType.U64,
        long => NvsType.I64,
        string => NvsType.String,
        byte[] => NvsType.Blob,
        null => throw NvsErrors.Rule("There is no value.", "Give a number, a string or bytes."),
        _ => throw NvsErrors.Rule(
            $"NVS has no values of the type {value.GetType().Name}.", "Give an integer of 8 to 64 bits, a string or an array of bytes."),
    };

    /// <summary>Converts an object to a type.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    internal static object Convert(NvsType type, object? value) => type switch
    {
        NvsType.String => value as string is { } text ? Require(text) : throw Wrong("A string"),
        NvsType.Blob => value as byte[] ?? throw Wrong("A blob"),
        _ when NvsNumber.Is(type) => NvsNumber.Convert(type, value),
        _ => throw NvsErrors.Rule($"No value can be made of the type {type}.", "Give an integer of 8 to 64 bits, a string or a blob."),
    };

    /// <summary>Throws when a value could not be read back unchanged.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    internal static object Require(object value)
    {
        if (value is string text)
        {
            if (text.IndexOf('\0') >= 0)
            {
                throw NvsErrors.Rule("The string contains a zero byte, where every reader would end it.", "Make it a blob, or remove the zero byte.");
            }

            int length = Utf8(text).Length + 1;
            if (length > NvsFormat.LongestString)
            {
                throw NvsErrors.Rule(
                    $"The string has {length} bytes with its zero byte; it has to fit one page, which holds {NvsFormat.LongestString}.",
                    "Make it a blob, which can go over several pages, or shorten it.");
            }
        }

        return value;
    }

    /// <summary>The UTF-8 bytes of a text.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>: half a surrogate pair.</exception>
    internal static byte[] Utf8(string text)
    {
        try
        {
            return s_strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw NvsErrors.Rule("The text contains half a surrogate pair, which UTF-8 cannot hold.", "Correct the text.");
        }
    }

    private static byte[] FromHex(string text) => Hex.TryDecode(text.Trim(), out byte[] bytes)
        ? bytes
        : throw NvsErrors.Rule("The value is not hexadecimal, two digits a byte.", "Correct it; there is nothing between the digits and no 0x before them.");

    private static byte[] FromBase64(string text)
    {
        try
        {
            return System.Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw NvsErrors.Rule("The value is not base64.", "Check that it was copied whole, with the = at its end.");
        }
    }

    private static byte[] FromBytes(NvsEncoding encoding, byte[] bytes)
    {
        if (encoding.Form == NvsTextForm.Binary)
        {
            return bytes;
        }

        if (bytes.Length > encoding.FillLength)
        {
            throw NvsErrors.Rule($"The value has {bytes.Length} bytes, and {encoding} has room for {encoding.FillLength}.", "Shorten it, or give it more room.");
        }

        int before = encoding.Form == NvsTextForm.SizedFill ? SizeOfSize : 0;
        byte[] filled = new byte[before + encoding.FillLength];
        for (int i = before + bytes.Length; i < filled.Length; i++)
        {
            filled[i] = encoding.FillByte;
        }

        bytes.CopyTo(filled, before);
        if (before > 0)
        {
            LittleEndian.WriteUInt32(filled, 0, (uint)bytes.Length);
        }

        return filled;
    }

    private static InputException Wrong(string what) =>
        NvsErrors.Rule($"{what} cannot be made of this object.", "Give text for a string, an array of bytes for a blob.");
}
