using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Images.Build;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Images.Build;

/// <summary>The reference tool's conversions of ELF files; none in a plain clone.</summary>
internal static class BuildVectors
{
    /// <summary>Each case by its name.</summary>
    public static IReadOnlyDictionary<string, BuildCase> Cases { get; } = Load().ToDictionary(item => item.Id);

    /// <summary>The tool's options as ours.</summary>
    public static ImageBuildOptions OptionsOf(BuildCase item)
    {
        bool Has(string option) => item.Options.Contains(option);
        string? Value(string option) => item.Options.SkipWhile(word => word != option).Skip(1).FirstOrDefault();
        int? Number(string option) => Value(option) is { } text ? ParseNumber(text) : null;
        var usual = new ImageBuildOptions();
        return new ImageBuildOptions
        {
            FlashMode = Value("--flash-mode") ?? usual.FlashMode,
            FlashFrequency = Value("--flash-freq"),
            FlashSize = Value("--flash-size") ?? usual.FlashSize,
            LegacyMinRevision = (byte)(Number("--min-rev") ?? usual.LegacyMinRevision),
            MinRevision = (ushort)(Number("--min-rev-full") ?? usual.MinRevision),
            MaxRevision = (ushort)(Number("--max-rev-full") ?? usual.MaxRevision),
            SecurePadding = Has("--secure-pad") ? SecurePadding.V1 : Has("--secure-pad-v2") ? SecurePadding.V2 : SecurePadding.None,
            ElfHashOffset = (uint?)Number("--elf-sha256-offset"),
            AppendHash = !Has("--dont-append-digest"),
            UseSegments = Has("--use-segments"),
            MmuPageSize = Number("--flash-mmu-page-size"),
            PadToSize = Number("--pad-to-size"),
            RamOnlyHeader = Has("--ram-only-header"),
        };
    }

    private static int ParseNumber(string text) => text switch
    {
        _ when text.EndsWith("MB", StringComparison.Ordinal) => int.Parse(text[..^2], CultureInfo.InvariantCulture) << 20,
        _ when text.EndsWith("KB", StringComparison.Ordinal) => int.Parse(text[..^2], CultureInfo.InvariantCulture) << 10,
        _ when text.StartsWith("0x", StringComparison.Ordinal) => int.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        _ => int.Parse(text, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<BuildCase> Load()
    {
        if (!SharedFiles.Available)
        {
            yield break;
        }

        using FileStream stream = File.OpenRead(SharedFiles.PathOf("vectors", "images", "elf2image.json"));
        foreach (JsonElement item in JsonDocument.Parse(stream).RootElement.EnumerateArray())
        {
            string Text(string name) => item.GetProperty(name).GetString()!;
            yield return new BuildCase(
                $"{Text("id")} {Text("chip")} {Path.GetFileName(Text("elf"))} {Text("note")}",
                Text("chip"),
                Text("elf"),
                [.. item.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)],
                item.GetProperty("exit_code").GetInt32() == 0 ? Text("image") : null,
                Text("note"));
        }
    }
}
