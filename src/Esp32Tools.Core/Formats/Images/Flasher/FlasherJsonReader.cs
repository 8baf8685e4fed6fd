using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>
/// Reads <c>flasher_args.json</c>:
/// <code>
/// { "write_flash_args": [ "--flash_mode", "dio", ... ],
///   "flash_settings":   { "flash_mode": "dio", "flash_size": "4MB", "flash_freq": "80m" },
///   "flash_files":      { "0x10000": "app.bin", ... },
///   "app":              { "offset": "0x10000", "file": "app.bin", "encrypted": "false" }, ...
///   "extra_esptool_args": { "after": "hard_reset", "before": "default_reset", "stub": true, "chip": "esp32c3" } }
/// </code>
/// </summary>
internal static class FlasherJsonReader
{
    public static void Read(string text, FlasherArgumentsBuilder builder)
    {
        JsonValue root = Parse(text, builder);
        ReadFiles(root, builder);
        ReadEntries(root, builder);
        ReadArguments(root, builder);
        ReadSettings(root, builder);
        ReadExtra(root, builder);
    }

    private static JsonValue Parse(string text, FlasherArgumentsBuilder builder)
    {
        try
        {
            return JsonText.Parse(text);
        }
        catch (JsonTextException error)
        {
            throw builder.Invalid(error.Line, error.What);
        }
    }

    private static void ReadFiles(JsonValue root, FlasherArgumentsBuilder builder)
    {
        JsonValue files = Member(root, "flash_files", JsonKind.Table, builder)
            ?? throw builder.Invalid(root.Line, "begins a table that has no 'flash_files'");
        foreach (KeyValuePair<string, JsonValue> file in files.Members)
        {
            builder.TakeFile(Address(file.Key, file.Value.Line, builder), Text(file.Value, file.Key, builder), isEncrypted: false, file.Value.Line);
        }
    }

    // Single files; of these entries, flash_files lacks only the encryption.
    private static void ReadEntries(JsonValue root, FlasherArgumentsBuilder builder)
    {
        foreach (JsonValue entry in root.Members.Select(member => member.Value).Where(value => value["offset"] is not null && value["file"] is not null))
        {
            uint address = Address(Text(entry["offset"]!, "offset", builder), entry["offset"]!.Line, builder);
            if (builder.HasFile(address) && entry["encrypted"] is { } encrypted)
            {
                builder.TakeFile(address, Text(entry["file"]!, "file", builder), Truth(encrypted, "encrypted", builder), entry["file"]!.Line);
            }
        }
    }

    private static void ReadArguments(JsonValue root, FlasherArgumentsBuilder builder)
    {
        IReadOnlyList<JsonValue> words = Member(root, "write_flash_args", JsonKind.List, builder)?.Items ?? [];
        for (int i = 0; i < words.Count; i++)
        {
            JsonValue word = words[i];
            string option = Text(word, "write_flash_args", builder);
            if (!option.StartsWith("-", StringComparison.Ordinal))
            {
                throw builder.Invalid(word.Line, $"has '{option}' among the arguments, where an option should be");
            }

            builder.TakeOption(
                option,
                () => ++i < words.Count
                    ? Text(words[i], option, builder)
                    : throw builder.Invalid(word.Line, $"has the option '{option}' without its value"),
                word.Line);
        }
    }

    private static void ReadSettings(JsonValue root, FlasherArgumentsBuilder builder)
    {
        if (Member(root, "flash_settings", JsonKind.Table, builder) is { } settings)
        {
            builder.FlashMode = Setting(settings, "flash_mode", builder) ?? builder.FlashMode;
            builder.FlashFrequency = Setting(settings, "flash_freq", builder) ?? builder.FlashFrequency;
            builder.FlashSize = Setting(settings, "flash_size", builder) ?? builder.FlashSize;
        }
    }

    private static void ReadExtra(JsonValue root, FlasherArgumentsBuilder builder)
    {
        if (Member(root, "extra_esptool_args", JsonKind.Table, builder) is { } extra)
        {
            builder.ChipName = TextOrNull(extra, "chip", builder);
            builder.Before = TextOrNull(extra, "before", builder);
            builder.After = TextOrNull(extra, "after", builder);
            builder.UseStub = extra["stub"] is { } stub ? Truth(stub, "stub", builder) : null;
        }
    }

    private static string? Setting(JsonValue table, string name, FlasherArgumentsBuilder builder) =>
        TextOrNull(table, name, builder) is { } value ? FlasherArgumentsBuilder.Setting(value) : null;

    private static string? TextOrNull(JsonValue table, string name, FlasherArgumentsBuilder builder) =>
        table[name] is { } value ? Text(value, name, builder) : null;

    private static JsonValue? Member(JsonValue table, string name, JsonKind kind, FlasherArgumentsBuilder builder) =>
        table[name] is not { } value ? null
        : value.Kind == kind ? value
        : throw builder.Invalid(value.Line, $"has in '{name}' no {(kind == JsonKind.List ? "list" : "table")}");

    private static string Text(JsonValue value, string name, FlasherArgumentsBuilder builder) => value.Kind == JsonKind.Text
        ? value.Text
        : throw builder.Invalid(value.Line, $"has in '{name}' no text");

    // ESP-IDF writes true and false as strings in one place and as booleans in another.
    private static bool Truth(JsonValue value, string name, FlasherArgumentsBuilder builder) => value.Text switch
    {
        "true" => true,
        "false" => false,
        _ => throw builder.Invalid(value.Line, $"has in '{name}' neither true nor false"),
    };

    private static uint Address(string text, int line, FlasherArgumentsBuilder builder) =>
        FlasherArgumentsBuilder.TryReadAddress(text, out uint address)
            ? address
            : throw builder.Invalid(line, $"has '{text}' where a flash address should be");
}
