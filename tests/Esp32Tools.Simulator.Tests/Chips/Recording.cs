using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>A recorded exchange, and those that have to go before it on the same chip.</summary>
internal sealed class Recording
{
    private const string OfOurOwn = "tests/Esp32Tools.Simulator.Tests/Data";

    // What left something behind that the next one finds; chip and loader stand before the name.
    private static readonly Dictionary<string, string> s_before = new()
    {
        ["read-flash"] = "write-flash-plain",
        ["verify"] = "write-flash-compressed",
        ["verify-different"] = "write-flash-compressed",
        ["efuse-burn-key-again"] = "efuse-burn-key",
        // Not in the index, but its memory word is what this one wrote: the emulator keeps RAM over a reset.
        ["noise-before-frame"] = "slip-escapes",
    };

    private Recording(string name, IReadOnlyList<RecordedFrame> frames)
    {
        Name = name;
        Frames = frames;
    }

    /// <summary>Chip, loader and operation: <c>esp32-rom-flash-id</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public string Chip => Name.Split('-')[0];

    public bool IsStub => Name.Split('-')[1] == "stub";

    public string Operation => Name.Split('-', 3)[2];

    /// <summary>True when the exchange begins behind a sync (and the stub's upload) that is not shown.</summary>
    public bool BeginsSynced => Frames[0].Operation != "SYNC" || Operation == "sync-again";

    public Recording? Predecessor => s_before.TryGetValue(Operation, out string? name) ? Find($"{Chip}-{(IsStub ? "stub" : "rom")}-{name}") : null;

    /// <summary>The fuses of the emulated chip afterwards, block after block without check bytes; null when the index does not say.</summary>
    public byte[]? FusesAfter
    {
        get
        {
            string index = Path.Combine(Folders.Last(), $"index-{Chip}.json");
            if (!File.Exists(index))
            {
                return null;
            }

            JsonElement entry = JsonDocument.Parse(File.ReadAllText(index)).RootElement.EnumerateArray()
                .FirstOrDefault(entry => entry.GetProperty("name").GetString() == Name);
            return entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("efuse_file_of_the_emulator_after", out JsonElement hex)
                ? Convert.FromHexString(hex.GetString()!)
                : null;
        }
    }

    public static IEnumerable<string> Names => Folders
        .SelectMany(folder => Directory.GetFiles(folder, "*.jsonl"))
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Order();

    public static Recording Load(string name) => Find(name) ?? throw new FileNotFoundException($"There is no recording {name}.");

    private static IEnumerable<string> Folders =>
        SharedFiles.Available ? [SharedFiles.InRepository(OfOurOwn), SharedFiles.PathOf("vectors", "wire")] : [SharedFiles.InRepository(OfOurOwn)];

    private static Recording? Find(string name) => Folders
        .Select(folder => Path.Combine(folder, name + ".jsonl"))
        .Where(File.Exists)
        .Select(file => new Recording(name, [.. File.ReadLines(file).Where(line => line.Length > 0).Select(RecordedFrame.Parse)]))
        .FirstOrDefault();
}
