using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Images.Build;

/// <summary>The reference tool's conversions of ELF files; none in a plain clone.</summary>
internal static class BuildVectors
{
    /// <summary>Each case by its name.</summary>
    public static IReadOnlyDictionary<string, BuildCase> Cases { get; } = Load().ToDictionary(item => item.Id);

    /// <summary>The tool's options as ours.</summary>
    public static ImageBuildOptions OptionsOf(BuildCase item)
    {
        var given = new ToolArguments(item.Options);
        var usual = new ImageBuildOptions();
        return new ImageBuildOptions
        {
            FlashMode = given.Value("--flash-mode") ?? usual.FlashMode,
            FlashFrequency = given.Value("--flash-freq"),
            FlashSize = given.Value("--flash-size") ?? usual.FlashSize,
            LegacyMinRevision = (byte)(given.Number("--min-rev") ?? usual.LegacyMinRevision),
            MinRevision = (ushort)(given.Number("--min-rev-full") ?? usual.MinRevision),
            MaxRevision = (ushort)(given.Number("--max-rev-full") ?? usual.MaxRevision),
            SecurePadding = given.Has("--secure-pad") ? SecurePadding.V1 : given.Has("--secure-pad-v2") ? SecurePadding.V2 : SecurePadding.None,
            ElfHashOffset = (uint?)given.Number("--elf-sha256-offset"),
            AppendHash = !given.Has("--dont-append-digest"),
            UseSegments = given.Has("--use-segments"),
            MmuPageSize = given.Number("--flash-mmu-page-size"),
            PadToSize = given.Number("--pad-to-size"),
            RamOnlyHeader = given.Has("--ram-only-header"),
        };
    }

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
