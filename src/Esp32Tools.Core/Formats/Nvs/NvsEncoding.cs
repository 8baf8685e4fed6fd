using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Encoding of a value's text, in the words of the vendor's CSV: <c>u8</c> to <c>i64</c>, <c>string</c>, <c>hex2bin</c>,
/// <c>base64</c>,
/// <c>binary</c> (the text itself, or a file's bytes), <c>blob_fill(length;0xNN)</c> (text padded with a byte) and
/// <c>blob_sz_fill(length;0xNN)</c> (the same after the length of the text, 32 bits).
/// </summary>
public sealed class NvsEncoding
{
    private const string FillName = "blob_fill";
    private const string SizedFillName = "blob_sz_fill";

    private static readonly NvsEncoding[] s_plain =
    [
        new("u8", NvsType.U8, NvsTextForm.Number), new("i8", NvsType.I8, NvsTextForm.Number),
        new("u16", NvsType.U16, NvsTextForm.Number), new("i16", NvsType.I16, NvsTextForm.Number),
        new("u32", NvsType.U32, NvsTextForm.Number), new("i32", NvsType.I32, NvsTextForm.Number),
        new("u64", NvsType.U64, NvsTextForm.Number), new("i64", NvsType.I64, NvsTextForm.Number),
        new("string", NvsType.String, NvsTextForm.Text), new("hex2bin", NvsType.Blob, NvsTextForm.Hex),
        new("base64", NvsType.Blob, NvsTextForm.Base64), new("binary", NvsType.Blob, NvsTextForm.Binary),
    ];

    private static readonly Dictionary<string, NvsEncoding> s_byName = s_plain.ToDictionary(encoding => encoding.Name, StringComparer.OrdinalIgnoreCase);
    private static readonly Regex s_fill = new($@"\A(?:{FillName}|(?<sized>{SizedFillName}))\((?<length>[0-9]{{1,6}});0x(?<byte>[0-9a-fA-F]{{2}})\)\z");

    private NvsEncoding(string name, NvsType type, NvsTextForm form)
    {
        Name = name;
        Type = type;
        Form = form;
    }

    /// <summary>The encoding as a word.</summary>
    public string Name { get; }

    /// <summary>Type of the values.</summary>
    public NvsType Type { get; }

    /// <summary>Form of the text.</summary>
    internal NvsTextForm Form { get; }

    /// <summary>Size of the padded text, in bytes.</summary>
    internal int FillLength { get; private init; }

    /// <summary>The padding byte.</summary>
    internal byte FillByte { get; private init; }

    /// <summary>Reads the word, ignoring case.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsEncoding Parse(string text)
    {
        if (s_byName.TryGetValue(text, out NvsEncoding? plain))
        {
            return plain;
        }

        Match fill = s_fill.Match(text);
        return fill.Success
            ? new NvsEncoding(text, NvsType.Blob, fill.Groups["sized"].Success ? NvsTextForm.SizedFill : NvsTextForm.Fill)
            {
                FillLength = int.Parse(fill.Groups["length"].Value, CultureInfo.InvariantCulture),
                FillByte = byte.Parse(fill.Groups["byte"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            }
            : throw NvsErrors.Rule(
                $"There is no encoding '{text}'.",
                $"There are {string.Join(", ", s_plain.Select(encoding => encoding.Name))}, {FillName}(length;0xNN) and {SizedFillName}(length;0xNN).");
    }

    /// <summary>The encoding as a word.</summary>
    public override string ToString() => Name;
}
