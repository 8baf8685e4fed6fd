using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>A recorded exchange, and those that have to go before it on the same chip.</summary>
internal sealed class Recording
{
    private const string ReadRegister = "READ_REG";
    private const string WriteRegister = "WRITE_REG";

    private readonly JsonElement _entry;

    private Recording(string name)
    {
        Name = name;
        _entry = WireIndex.Entry(name);
        Frames = [.. WireIndex.Lines(name).Select(RecordedFrame.Parse)];
    }

    /// <summary>Chip, loader and operation: <c>esp32-rom-flash-id</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public string Chip => Name.Split('-')[0];

    public bool IsStub => Name.Split('-')[1] == "stub";

    /// <summary>True when the exchange begins behind a sync (and the stub's upload) that is not shown.</summary>
    public bool BeginsSynced => WireIndex.IsByHand(_entry);

    /// <summary>True when rubbish stands before a request: all of it was one write on the wire.</summary>
    public bool IsOneWrite => WireIndex.IsByHand(_entry) && Frames.Any(frame => frame.FromHost && !frame.HasHeader);

    /// <summary>
    /// The exchange that left behind on the chip what this one finds: flash that is read or compared, a key that is there
    /// already, or a word of memory, as the emulator keeps RAM over a reset. Null when it needs none.
    /// </summary>
    public Recording? Predecessor
    {
        get
        {
            string[] others = [.. WireIndex.Names.Where(name => name != Name && name.StartsWith($"{Chip}-{Name.Split('-')[1]}-", StringComparison.Ordinal))];
            (long Start, long End)? range = WireIndex.FlashRange(_entry, "read-flash") ?? WireIndex.FlashRange(_entry, "verify-flash");
            if (range is { } needed)
            {
                return Load(others.First(name => WireIndex.FlashRange(WireIndex.Entry(name), "write-flash") is { } written && written.Start <= needed.Start && needed.Start < written.End));
            }

            if (WireIndex.Arguments(_entry).Contains("burn-key") && _entry.GetProperty("exit_code").GetInt32() != 0)
            {
                return Load(others.First(name => WireIndex.Entry(name) is var entry && WireIndex.Arguments(entry).Contains("burn-key") && entry.GetProperty("exit_code").GetInt32() == 0));
            }

            if (!WireIndex.IsByHand(_entry) || Frames.FirstOrDefault(frame => frame.FromHost && frame.Operation == ReadRegister && frame.Bytes.Length >= 12) is not { } read || Writes(read.Word(8)))
            {
                return null;
            }

            return others.Where(name => WireIndex.IsByHand(WireIndex.Entry(name))).Select(Load).FirstOrDefault(other => other.Writes(read.Word(8)));
        }
    }

    /// <summary>The fuses of the emulated chip afterwards, block after block without check bytes; null when the index does not say.</summary>
    public byte[]? FusesAfter => _entry.TryGetProperty("efuse_file_of_the_emulator_after", out JsonElement hex) ? Convert.FromHexString(hex.GetString()!) : null;

    public static IEnumerable<string> Names => WireIndex.Names;

    public static Recording Load(string name) => new(name);

    private bool Writes(uint address) => Frames.Any(frame => frame.FromHost && frame.Operation == WriteRegister && frame.Bytes.Length >= 12 && frame.Word(8) == address);
}
