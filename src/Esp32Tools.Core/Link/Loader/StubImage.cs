using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Xml;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader;

/// <summary>A flasher stub: its segments, their places in RAM and its entry. Read from the vendor's JSON form.</summary>
public sealed class StubImage
{
    private StubImage(string name, Document document)
    {
        Name = name;
        Text = Convert.FromBase64String(document.Text!);
        TextStart = document.TextStart;
        Data = document.Data is null ? [] : Convert.FromBase64String(document.Data);
        DataStart = document.DataStart;
        VariablesStart = document.BssStart == 0 ? DataStart : document.BssStart;
        Entry = document.Entry;
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
            var document = (Document?)new DataContractJsonSerializer(typeof(Document)).ReadObject(stream);
            if (document is { Text.Length: > 0 } && document.Entry != 0)
            {
                return new StubImage(name, document);
            }
        }
        catch (Exception error) when (error is SerializationException or XmlException or FormatException or OverflowException or InvalidCastException or ArgumentException or IOException)
        {
            throw Invalid(name, error);
        }

        throw Invalid(name, null);
    }

    internal static LoaderException Invalid(string name, Exception? cause) => new(
        ErrorCode.StubInvalid,
        $"The flasher stub '{name}' is damaged.",
        "Install the module again, or work without the stub.",
        cause)
    { Target = name };

    [DataContract]
    private sealed class Document
    {
        [DataMember(Name = "text")]
        public string? Text { get; set; }

        [DataMember(Name = "text_start")]
        public uint TextStart { get; set; }

        [DataMember(Name = "data")]
        public string? Data { get; set; }

        [DataMember(Name = "data_start")]
        public uint DataStart { get; set; }

        [DataMember(Name = "bss_start")]
        public uint BssStart { get; set; }

        [DataMember(Name = "entry")]
        public uint Entry { get; set; }
    }
}
