using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Core.Tests.Chips;

/// <summary>What is in the eFuses of every chip, and their controller, fact by fact against the collected facts.</summary>
public sealed class ChipEfuseFactsTests
{
    // The facts carry over what holds for chips with a block more; the register headers have the nibble before.
    private static readonly (string Chip, int Block)[] s_errorsByHeader = [("esp32s31", 9)];

    // Chips that say more in words than what they always have and the memory in their package.
    private static readonly string[] s_ownFeatures = ["esp32", "esp32s2"];

    public static TheoryData<string> Chips => [.. ChipFactsFile.Keys];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Controller_is_where_the_facts_say(string key) => Check(key, "efuse", (chip, facts) =>
    {
        EfuseFacts efuse = chip.Efuse;
        JsonElement registers = facts.GetProperty("registers");
        Assert.Equal(
            (facts.Number("base"), registers.Number("CLK"), registers.Number("CONF"), registers.Number("CMD"), registers.Number("DAC_CONF")),
            (efuse.Base, efuse.Clock, efuse.Conf, efuse.Command, efuse.DacConf));
        Assert.Equal((registers.Number("WR_TIM_CONF1"), registers.Number("WR_TIM_CONF2"), registers.Number("DEC_STATUS")), (efuse.WriteTiming1, efuse.WriteTiming2, efuse.DecodeStatus));
        Assert.Equal(registers.EnumerateObject().Where(register => register.Name.StartsWith("RD_REPEAT_ERR", StringComparison.Ordinal)).Select(register => register.Value.Number()), efuse.RepeatErrors);
        JsonElement crystals = facts.GetProperty("timing").GetProperty("crystalMHz");
        Assert.Equal(crystals.ValueKind == JsonValueKind.Array ? crystals.EnumerateArray().Select(choice => choice.GetInt32()) : chip.Crystal.ChoicesMHz, efuse.CrystalsMHz);
        Assert.Equal(key, efuse.Table);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Blocks_are_those_of_the_facts(string key) => Check(key, "efuse", (chip, facts) =>
    {
        Assert.Equal(facts.GetProperty("blocks").GetArrayLength(), chip.Efuse.Blocks.Count);
        foreach (JsonElement expected in facts.GetProperty("blocks").EnumerateArray())
        {
            EfuseBlockFacts block = chip.Efuse.Blocks[expected.GetProperty("index").GetInt32()];
            Assert.Equal(expected.GetProperty("index").GetInt32(), block.Index);
            Assert.Equal(expected.GetProperty("name").GetString(), block.Name);
            Assert.Equal(expected.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!).Where(alias => alias != block.Name), block.Aliases);
            Assert.Equal((expected.Number("readOffset"), expected.Number("writeOffset"), expected.Number("words")), (block.ReadOffset, block.WriteOffset, (uint)block.Words));
            Assert.Equal(expected.Has("writeDisableBit") ? (int)expected.Number("writeDisableBit") : null, block.WriteDisableBit);
            Assert.Equal(
                expected.Has("readDisableBits") ? expected.GetProperty("readDisableBits").EnumerateArray().Select(bit => bit.GetInt32()) : [],
                new[] { block.ReadDisableBit, block.UpperHalfReadDisableBit }.OfType<int>());
            Assert.Equal(expected.GetProperty("keyPurposeField").GetString(), chip.Efuse.GetTable(chip.Factory.Revision).FindPurposeOf(block.Index)?.Name);
        }
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Coding_errors_are_counted_where_the_facts_say(string key) => Check(key, "efuse", (chip, facts) =>
    {
        if (!facts.GetProperty("errors").TryGetProperty("perBlock", out JsonElement errors))
        {
            Assert.Equal(EfuseGeneration.Esp32, chip.Efuse.Generation);
            return;
        }

        foreach (JsonElement expected in errors.EnumerateArray())
        {
            int index = expected.GetProperty("block").GetInt32();
            if (s_errorsByHeader.Contains((key, index)))
            {
                continue;
            }

            EfuseBlockFacts block = chip.Efuse.Blocks[index];
            Assert.Equal((expected.Number("register"), (int)expected.Number("countShift")), block.ErrorCount);
            uint failRegister = expected.Has("failRegister") ? expected.Number("failRegister") : expected.Number("register");
            Assert.Equal(expected.Has("failBit") ? (failRegister, (int)expected.Number("failBit")) : null, block.ErrorFail);
        }
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Identity_is_where_the_facts_say(string key) => Check(key, "identity", (chip, facts) =>
    {
        IdentityFacts identity = chip.Identity;
        JsonElement[] mac = [.. facts.GetProperty("mac").GetProperty("registers").EnumerateArray()];
        Assert.Equal([new BitPart(mac[1].Number(), 0, 32), new BitPart(mac[0].Number(), 0, 16)], chip.Place(EfuseRole.FactoryMac).Parts);
        AssertField(facts, "macExt", chip, EfuseRole.FactoryMacExtension);
        Assert.Equal(facts.GetProperty("revisionMajor").Field(), chip.Place(EfuseRole.MajorRevision).Parts.Concat(identity.MajorRevisionHigh?.Parts ?? []));
        AssertField(facts, "revisionMinor", chip, EfuseRole.MinorRevision);
        AssertField(facts, "package", chip, EfuseRole.Package);
        AssertField(facts, "blockVersionMajor", chip, EfuseRole.BlockVersionMajor);
        AssertField(facts, "blockVersionMinor", chip, EfuseRole.BlockVersionMinor);
        AssertMemory(facts, "flash", chip, identity.Flash);
        AssertMemory(facts, "psram", chip, identity.Psram);
        foreach (JsonProperty name in facts.GetProperty("packageNames").EnumerateObject().Where(name => uint.TryParse(name.Name, out _)))
        {
            // The ESP32's are told apart by more than this number.
            string described = identity.DescribePackage(new PackageQuery(uint.Parse(name.Name), 1, new EfuseView(chip, 0, _ => 0)));
            Assert.Equal(name.Value.GetString()!.Split(" (rev")[0], described);
        }
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Features_are_in_the_words_of_the_facts(string key) => Check(key, "features", (chip, facts) =>
    {
        IReadOnlyList<string> features = chip.Identity.ReadFeatures(new EfuseView(chip, 0, _ => 0));
        IEnumerable<string> expected = facts.GetProperty("fixed").EnumerateArray().Select(feature => feature.GetString()!);
        Assert.Equal(expected, s_ownFeatures.Contains(key) ? features.Take(expected.Count()) : features);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Security_state_is_where_the_facts_say(string key) => Check(key, "security", (chip, facts) =>
    {
        bool isEsp32 = facts.Has("flashCryptCnt");
        AssertField(facts, isEsp32 ? "flashCryptCnt" : "spiBootCryptCnt", chip, EfuseRole.EncryptionCount);
        AssertField(facts, "encryptDownloadDisabled", chip, EfuseRole.DownloadEncryptDisable);
        AssertField(facts, isEsp32 ? "secureBootV2" : "secureBootEnable", chip, EfuseRole.SecureBootEnable);
        AssertField(facts, "secureBootV1", chip, EfuseRole.SecureBootV1Enable);
        AssertField(facts, "flashCryptConfig", chip, EfuseRole.EncryptionConfig);
        (uint Register, int Shift)[] manager = facts.TryGetProperty("forceUseKeyManager", out JsonElement field)
            ? [(field.Number("register"), (int)field.Number("shift"))]
            : [];
        Assert.Equal(manager, (chip.FindPlace(EfuseRole.KeyManagerKeys)?.Parts ?? []).Take(1).Select(part => (part.Register, part.Shift)));
        Assert.Equal(2u, SecurityFacts.KeyManagerFlashKey);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Flash_key_is_seen_by_its_purpose(string key) => Check(key, "security", (chip, facts) =>
    {
        if (!facts.Has("keyPurpose"))
        {
            Assert.DoesNotContain(chip.Efuse.Blocks, block => block.HasPurpose);
            return;
        }

        BitPart[] fields = [.. facts.GetProperty("keyPurpose").EnumerateArray().SelectMany(field => field.Field())];
        Assert.False(HasKey(chip));
        Assert.All(fields, field => Assert.True(HasKey(chip, (field, 4))));
        Assert.False(HasKey(chip, (fields[0], 2)));
        bool pairs = facts.GetProperty("keyValid").GetString()!.Contains("both 2 and 3", StringComparison.Ordinal);
        Assert.Equal(pairs, HasKey(chip, (fields[0], 2), (fields[^1], 3)));
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Key_purposes_are_those_of_the_facts(string key) => Check(key, "keyPurposes", (chip, facts) =>
    {
        if (chip.Efuse.Generation == EfuseGeneration.Esp32)
        {
            Assert.DoesNotContain(chip.Efuse.Blocks, block => block.HasPurpose);
            return;
        }

        JsonElement[] all = [.. facts.GetProperty("list").EnumerateArray()];
        string Describe(JsonElement purpose) =>
            $"{purpose.GetProperty("name")} {purpose.GetProperty("id")} {purpose.GetProperty("reversed")} {purpose.GetProperty("readProtect")} {purpose.GetProperty("digest")}";
        Assert.Equal(
            all.Where(purpose => !purpose.GetProperty("virtual").GetBoolean()).Select(Describe).Order(),
            chip.KeyPurposes.Select(purpose => $"{purpose.Name} {purpose.Id} {purpose.Reversed} {purpose.ReadProtect} {purpose.IsDigest}").Order());
        Assert.Equal(
            all.Where(purpose => purpose.GetProperty("virtual").GetBoolean()).Select(purpose => purpose.GetProperty("name").GetString()),
            chip.SplitKeyPurposes.Select(split => split.Name));
        Assert.All(chip.SplitKeyPurposes.SelectMany(split => new[] { split.First, split.Second }), half => Assert.Contains(chip.KeyPurposes, known => known.Name == half));
        Assert.Equal(facts.GetProperty("customAllowed").GetBoolean() ? (1 << facts.GetProperty("fieldBits").GetInt32()) - 1 : 0, chip.Efuse.HighestCustomPurpose);
    });

    private static void Check(string key, string section, Action<ChipDefinition, JsonElement> check) =>
        check(ChipCatalog.ByName(key), ChipFactsFile.Section(key, section));

    private static bool HasKey(ChipDefinition chip, params (BitPart Field, uint Value)[] purposes) => chip.Security.HasFlashKey(new EfuseView(
        chip,
        chip.Factory.Revision,
        address => purposes.Where(purpose => purpose.Field.Register == address).Aggregate(0u, (word, purpose) => word | (purpose.Value << purpose.Field.Shift))));

    private static void AssertField(JsonElement facts, string name, ChipDefinition chip, EfuseRole role) =>
        Assert.Equal(facts.Has(name) ? facts.GetProperty(name).Field() : [], chip.FindPlace(role)?.Parts ?? []);

    private static void AssertMemory(JsonElement facts, string name, ChipDefinition chip, EmbeddedMemoryFacts? actual)
    {
        // The ESP32 tells by its package alone.
        if (actual is { UnlistedIsNone: true })
        {
            return;
        }

        if (actual is null)
        {
            Assert.False(facts.Has(name + "Capacity"));
            return;
        }

        AssertField(facts, name + "Capacity", chip, actual.Capacity);
        if (!facts.Has(name + "Capacity") || !facts.GetProperty(name + "Capacity").TryGetProperty("values", out JsonElement sizes))
        {
            return;
        }

        Assert.Equal(
            sizes.EnumerateObject().Where(size => size.Value.GetString() != "none").ToDictionary(size => uint.Parse(size.Name), size => int.Parse(size.Value.GetString()!.Split(' ')[0])),
            actual.Megabytes);
        if (facts.Has(name + "Vendor") && facts.GetProperty(name + "Vendor").TryGetProperty("values", out JsonElement vendors))
        {
            AssertField(facts, name + "Vendor", chip, actual.Vendor!.Value);
            Assert.Equal(vendors.EnumerateObject().ToDictionary(vendor => uint.Parse(vendor.Name), vendor => vendor.Value.GetString()!), actual.Vendors);
        }
    }
}
