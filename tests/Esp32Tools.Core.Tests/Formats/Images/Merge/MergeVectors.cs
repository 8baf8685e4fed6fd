using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Images.Merge;

namespace Esp32Tools.Core.Tests.Formats.Images.Merge;

/// <summary>The reference tool's merges.</summary>
internal static class MergeVectors
{
    /// <summary>Each case by its name.</summary>
    public static IReadOnlyDictionary<string, MergeCase> Cases { get; } = Load().ToDictionary(item => item.Id);

    private static IEnumerable<MergeCase> Load()
    {
        foreach (JsonElement item in ImageVectors.Items("merge-bin"))
        {
            string id = item.GetProperty("id").GetString()!;
            string[] args = [.. item.GetProperty("args").EnumerateArray().Select(arg => arg.GetString()!)];
            yield return new MergeCase(
                $"{id} {item.GetProperty("note").GetString()}",
                item.GetProperty("chip").GetString()!,
                PartsOf(id, args),
                OptionsOf(args),
                item.TryGetProperty("output", out JsonElement output) ? output.GetString() : null);
        }
    }

    // Addresses and files are the last words of a command line.
    private static ImagePart[] PartsOf(string id, string[] args)
    {
        int first = args.Length;
        while (args[first - 1].EndsWith(".bin", StringComparison.Ordinal) && args[first - 2].StartsWith("0x", StringComparison.Ordinal))
        {
            first -= 2;
        }

        return [.. args[first..].Chunk(2).Select(pair => new ImagePart(pair[1], (uint)ToolArguments.ParseNumber(pair[0]), ImageVectors.Read($"merge/{id}/{pair[1]}")))];
    }

    private static MergeOptions OptionsOf(string[] args)
    {
        var given = new ToolArguments(args);
        return new MergeOptions
        {
            Format = given.Value("--format") switch { "hex" => MergeFormat.IntelHex, "uf2" => MergeFormat.Uf2, _ => MergeFormat.Raw },
            TargetOffset = (uint)(given.Number("--target-offset") ?? 0),
            PadToSize = given.Number("--pad-to-size"),
            Header = new() { FlashMode = given.Value("--flash-mode"), FlashFrequency = given.Value("--flash-freq"), FlashSize = given.Value("--flash-size") },
            Uf2 = new Uf2Options
            {
                PayloadSize = given.Number("--chunk-size"),
                HasMd5 = !given.Has("--md5-disable"),
            },
        };
    }
}
