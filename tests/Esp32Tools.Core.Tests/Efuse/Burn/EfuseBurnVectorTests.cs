using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Every recorded burn, from the snapshot over the plan and the controller to the fuses.</summary>
public sealed class EfuseBurnVectorTests
{
    // A command line that is wrong in itself.
    private static readonly string[] s_notEfuse = ["an offset with two blocks", "no such voltage"];

    // Refused as the key file is read, before there is a plan.
    private static readonly string[] s_noKey = ["RSA-2048 is too small", "not a PEM file"];

    // Refused here on purpose: a digest of 24 bytes starts no chip (efuse-rules section 6).
    private static readonly string[] s_refusedHere = ["3/4 coding: 24 bytes in file order into BLOCK2"];

    // Planned here on purpose: the block behind that one is free and can hold it.
    private static readonly string[] s_plannedHere = ["the second half would go to KEY5, which cannot hold it"];

    private static readonly ErrorCode[] s_liftedHere =
    [
        ErrorCode.EncryptionWithoutKey, ErrorCode.EncryptionCountEven, ErrorCode.EfuseCounterUsedUp, ErrorCode.FlashCryptConfig,
        ErrorCode.KeyReadable, ErrorCode.KeyWithoutPurpose, ErrorCode.ReadProtectionLost,
    ];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach ((ChipDefinition chip, string folder) in EfuseVectors.ChipFolders("efuse-burn"))
        {
            foreach (string file in Directory.GetDirectories(folder).OrderBy(name => name, StringComparer.Ordinal))
            {
                cases.Add(chip.Key, file);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Burn_ends_as_recorded(string chipKey, string folder)
    {
        using JsonDocument command = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "command.json")));
        using JsonDocument outcome = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "outcome.json")));
        string reason = outcome.RootElement.GetProperty("reason").GetString()!;
        if (s_notEfuse.Any(text => reason.StartsWith(text, StringComparison.Ordinal)))
        {
            return;
        }

        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        string[] arguments = [.. command.RootElement.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)];
        bool refused = s_refusedHere.Any(text => reason.StartsWith(text, StringComparison.Ordinal));
        string result = refused ? "refused" : outcome.RootElement.GetProperty("result").GetString()!;
        int revision = EfuseVectors.ParseRevision(command.RootElement.GetProperty("revision").GetString()!);
        EfuseSnapshot before = EfuseDump.Read(chip, File.ReadAllBytes(Path.Combine(folder, "before.bin")), revision);
        EfuseSnapshot after = EfuseDump.Read(chip, File.ReadAllBytes(Path.Combine(folder, "after.bin")), revision);
        EfuseCommandLine line = new(before, folder);
        if (s_noKey.Any(text => reason.StartsWith(text, StringComparison.Ordinal)))
        {
            Assert.Equal("refused", result);
            Assert.Throws<InputException>(() => line.Read(arguments));
            return;
        }

        line.Read(arguments);

        // What is refused here and not by the recorder can be had by its name.
        EfusePlanOptions options = new() { Allow = line.Force ? EfusePlanOptions.Liftable : s_liftedHere };
        using EfusePlan plan = EfusePlanner.Plan(before, line.Requests, options);
        if (s_plannedHere.Contains(reason))
        {
            Assert.Empty(plan.Refusals);
            return;
        }

        string planned = plan.Refusals.Count > 0 ? "refused" : plan.IsEmpty ? "noop" : "burned";
        Assert.True(result == planned, $"{planned}, not {result}: {string.Join(" ", plan.Refusals.Select(refusal => refusal.Message))}");
        Assert.All(plan.Refusals, refusal => Assert.NotEmpty(refusal.Message));
        if (result == "refused")
        {
            return;
        }

        FakeEfuseDevice device = new(chip, before);
        EfuseBurnResult burned = EfuseBurner.Burn(device, device, chip, chip.Efuse.CrystalsMHz[0], plan, CancellationToken.None);
        Assert.Equal(result == "burned", burned.Changed);

        // After a burn that closes the loader nobody reads the eFuses in again until the chip starts anew.
        device.Load();
        AssertFuses(device, chip, outcome.RootElement, after);
    }

    private static void AssertFuses(FakeEfuseDevice device, ChipDefinition chip, JsonElement outcome, EfuseSnapshot after)
    {
        // What was hidden in the same burn reads as zero afterwards; 'programmed' tells what is really in there.
        Dictionary<string, uint[]> programmed = outcome.TryGetProperty("programmed", out JsonElement list)
            ? list.EnumerateObject().ToDictionary(block => block.Name, block => block.Value.EnumerateArray().Select(word => uint.Parse(word.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray())
            : [];
        foreach (EfuseBlockFacts block in chip.Efuse.Blocks)
        {
            Assert.Equal(Format(block, after.GetWords(block.Index)), Format(block, device.Visible(block.Index)));
            if (programmed.TryGetValue(block.Name, out uint[]? words))
            {
                Assert.Equal(Format(block, words), Format(block, device.Fuses[block.Index].Take(words.Length)));
            }
        }
    }

    private static string Format(EfuseBlockFacts block, IEnumerable<uint> words) => $"{block.Name}: {string.Join(" ", words.Select(word => word.ToString("x8", CultureInfo.InvariantCulture)))}";
}
