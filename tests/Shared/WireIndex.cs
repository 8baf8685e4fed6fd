using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Esp32Tools.Tests.Shared;

/// <summary>
/// What is known about the recordings of <c>tests/Vectors/wire.md</c>: one entry each, by name. Files are named
/// <c>chip-rom|stub-operation.jsonl</c>; no rule depends on the operation's name.
/// </summary>
internal static class WireIndex
{
    private const string Folder = "wire";

    /// <summary>Names of all recordings.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. Directory.GetFiles(SharedFiles.Vector(Folder), "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).OrderBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>Lines of a recording.</summary>
    public static IEnumerable<string> Lines(string name) => LinesOf(SharedFiles.Vector($"{Folder}/{name}.jsonl"));

    /// <summary>Lines of a recording of the repository, for a test that takes it as the chip to talk to.</summary>
    public static IEnumerable<string> SampleLines(string name) => LinesOf(Path.Combine(SharedFiles.OwnVectors, Folder, name + ".jsonl"));

    /// <summary>The entry of a recording.</summary>
    public static JsonElement Entry(string name) => Entries(name.Split('-')[0]).Single(entry => entry.GetProperty("name").GetString() == name);

    /// <summary>All entries of a chip.</summary>
    public static IEnumerable<JsonElement> Entries(string chip) => SharedFiles.VectorJson($"{Folder}/index-{chip}.json").EnumerateArray();

    /// <summary>The command line of the tool; empty for requests written by hand.</summary>
    public static string[] Arguments(JsonElement entry) => [.. entry.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)];

    /// <summary>True for requests written by hand, sent after a sync, or an upload of the stub, that is not shown.</summary>
    public static bool IsByHand(JsonElement entry) => Arguments(entry).Length == 0;

    /// <summary>What the tool was given in files: by the names in its command line, as names of vectors.</summary>
    public static IReadOnlyDictionary<string, string> Files(JsonElement entry) => entry.TryGetProperty("files", out JsonElement files)
        ? files.EnumerateObject().ToDictionary(file => file.Name, file => $"{Folder}/{file.Value.GetString()}")
        : new Dictionary<string, string>();

    /// <summary>Start and end in flash of what a command of the tool touches; null for a command that does not.</summary>
    public static (long Start, long End)? FlashRange(JsonElement entry, string command)
    {
        string[] words = [.. Arguments(entry).SkipWhile(word => word != command).Skip(1).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
        if (words.Length < 2)
        {
            return null;
        }

        long start = Number(words[0]);
        long length = Files(entry).TryGetValue(words[1], out string? file) ? new FileInfo(SharedFiles.Vector(file)).Length : Number(words[1]);
        return (start, start + length);
    }

    private static IEnumerable<string> LinesOf(string path) => File.ReadLines(path).Where(line => line.Length > 0);

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(text, 16) : Convert.ToInt64(text, 10);
}
