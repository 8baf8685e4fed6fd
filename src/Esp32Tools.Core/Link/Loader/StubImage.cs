using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader;

/// <summary>A flasher stub: its segments, their places in RAM and its entry. Read from the vendor's JSON form.</summary>
public sealed class StubImage
{
    private StubImage(string name, JsonValue document)
    {
        Name = name;
        Text = Bytes(document, "text");
        TextStart = Number(document, "text_start");
        Data = Bytes(document, "data");
        DataStart = Number(document, "data_start");
        VariablesStart = Number(document, "bss_start") is var start and not 0 ? start : DataStart;
        Entry = Number(document, "entry");
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>The code.</summary>
    public byte[] Text { get; }

    /// <summary>Address of the code.</summary>
    public uint TextStart { get; }

    /// <summary>Initialised data; may be empty.</summary>
    public byte[] Data { get; }

    /// <summary>Address of the data.</summary>
    public uint DataStart { get; }

    /// <summary>Address of the first variable of the stub; the variables end with <see cref="Data"/>.</summary>
    public uint VariablesStart { get; }

    /// <summary>The RAM ranges that the stub uses while it runs: start, and the address behind the end.</summary>
    public IReadOnlyList<(uint Start, uint End)> Ram =>
        [(TextStart, TextStart + (uint)Text.Length), (VariablesStart, DataStart + (uint)Data.Length)];

    /// <summary>Address to jump to.</summary>
    public uint Entry { get; }

    /// <summary>Reads a stub from its JSON form.</summary>
    /// <exception cref="LoaderException"><see cref="ErrorCode.StubInvalid"/></exception>
    public static StubImage Read(string name, Stream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            StubImage stub = new(name, JsonText.Parse(reader.ReadToEnd()));
            return stub.Text.Length > 0 && stub.Entry != 0 ? stub : throw Invalid(name, null);
        }
        catch (Exception error) when (error is FormatException or OverflowException or DecoderFallbackException or IOException)
        {
            throw Invalid(name, error);
        }
    }

    private static LoaderException Invalid(string name, Exception? cause) => new(
        ErrorCode.StubInvalid,
        $"The flasher stub '{name}' is damaged.",
        "Install the module again, or work without the stub.",
        cause)
    { Target = name };

    private static byte[] Bytes(JsonValue document, string member) => Convert.FromBase64String(document[member]?.Text ?? string.Empty);

    private static uint Number(JsonValue document, string member) =>
        document[member] is { Kind: JsonKind.Number } value ? uint.Parse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}
