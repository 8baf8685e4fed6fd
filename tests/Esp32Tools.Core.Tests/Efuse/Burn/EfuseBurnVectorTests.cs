using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Every recorded burn, from the snapshot over the plan and the controller to the fuses.</summary>
public sealed class EfuseBurnVectorTests
{
    // Checks that the recorder has not: what they refuse can be had by its name.
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
            foreach (string path in Directory.GetDirectories(SharedFiles.Vector(folder)).OrderBy(name => name, StringComparer.Ordinal))
            {
                cases.Add(chip.Key, $"{folder}/{Path.GetFileName(path)}");
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Burn_ends_as_recorded(string chipKey, string folder)
    {
        JsonElement command = SharedFiles.VectorJson($"{folder}/command.json");
        JsonElement outcome = SharedFiles.VectorJson($"{folder}/outcome.json");
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        string result = outcome.GetProperty("result").GetString()!;
        int revision = EfuseVectors.ParseRevision(command.GetProperty("revision").GetString()!);
        EfuseSnapshot before = EfuseDump.Read(chip, SharedFiles.ReadVector($"{folder}/before.bin"), revision);
        EfuseSnapshot after = EfuseDump.Read(chip, SharedFiles.ReadVector($"{folder}/after.bin"), revision);
        EfuseCommandLine line = new(before, SharedFiles.Vector(folder));
        if (!line.TryRead(command.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)))
        {
            Assert.Equal("refused", result);
            return;
        }

        EfusePlanOptions options = new() { Allow = line.Force ? RefusalCatalog.EfuseBurn.Codes : s_liftedHere };
        using EfusePlan plan = EfusePlanner.Plan(before, line.Requests, options);
        string expected = HasShortDigest(before, line) ? "refused" : TakesNextButOne(before, line) || CountsWithoutValue(before, line) ? "burned" : result;
        string planned = plan.Refusals.Count > 0 ? "refused" : plan.IsEmpty ? "noop" : "burned";
        Assert.True(expected == planned, $"{planned}, not {expected}: {string.Join(" ", plan.Refusals.Select(refusal => refusal.Message))}");
        Assert.All(plan.Refusals, refusal => Assert.NotEmpty(refusal.Message));
        if (planned == "refused" || result == "refused")
        {
            return;
        }

        FakeEfuseDevice device = new(chip, before);
        EfuseBurnResult burned = EfuseBurner.Burn(device, device, chip, chip.Efuse.CrystalsMHz[0], plan, CancellationToken.None);
        Assert.Equal(result == "burned", burned.Changed);

        // After a burn that closes the loader nobody reads the eFuses in again until the chip starts anew.
        device.Load();
        AssertFuses(device, chip, outcome, after);
    }

    // Refused here on purpose: a digest of 24 bytes starts no chip (efuse-rules.md, section 6).
    private static bool HasShortDigest(EfuseSnapshot before, EfuseCommandLine line) =>
        before.CodingScheme == EfuseCodingScheme.ThreeQuarters
        && line.Requests.OfType<EfuseKeyPlacement>().Any(key => key.Block == "secure_boot_v2" || key.Purpose == "SecureBootDigest");

    // Planned here on purpose: the count of flash encryption takes its next bit on the ESP32, too.
    private static bool CountsWithoutValue(EfuseSnapshot before, EfuseCommandLine line) =>
        line.Requests.Any(request => request is EfuseValueRequest { Value: null } value && before.Table.Find(value.Field)?.Role == EfuseRole.EncryptionCount)
        && before.GetNumber(EfuseRole.EncryptionCount) < 0x7F;

    // Planned here on purpose: the first free block behind the named one cannot hold the other half, and another one can
    // (efuse-rules.md, section 7).
    private static bool TakesNextButOne(EfuseSnapshot before, EfuseCommandLine line)
    {
        string?[] named = [.. line.Requests.OfType<EfuseKeyPlacement>().Select(key => key.Block)];
        (EfuseKeyPlacement? split, KeyPurpose? half) = (
            from key in line.Requests.OfType<EfuseKeyPlacement>()
            from whole in before.Chip.SplitKeyPurposes
            where whole.Name == key.Purpose
            select (key, before.Chip.KeyPurposes.Single(purpose => purpose.Name == whole.Second))).FirstOrDefault();
        if (split is null || half is null)
        {
            return false;
        }

        EfuseBlockFacts[] blocks = [.. before.Chip.Efuse.Blocks.Where(block => block.HasPurpose)];
        EfuseBlockFacts[] free =
        [
            .. blocks.OrderBy(block => block.Index < blocks.Single(other => other.Name == split.Block).Index)
                .Where(block => !named.Contains(block.Name) && before.GetWords(block.Index).All(word => word == 0) && before.GetPurpose(block.Index) == 0
                    && !before.IsWriteDisabled(block.WriteDisableBit!.Value) && before.IsWritable(before.Table.FindPurposeOf(block.Index)!)),
        ];
        return free.Length > 1 && half.NotInBlocks.Contains(free[0].Name) && !half.NotInBlocks.Contains(split.Block);
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
