using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

public sealed class EfuseTableTests
{
    private const int NewestRevision = 9999;

    /// <summary>Every chip, in its oldest and its newest silicon.</summary>
    public static TheoryData<string, int> Tables()
    {
        TheoryData<string, int> tables = [];
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            tables.Add(chip.Key, 0);
            tables.Add(chip.Key, NewestRevision);
        }

        return tables;
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_field_lies_where_the_vendor_table_has_it(string chipKey, int revision)
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        EfuseTable table = EfuseTable.For(ChipCatalog.ByName(chipKey), revision);
        VendorEfuseTable vendor = VendorEfuseTable.Load(ChipCatalog.ByName(chipKey), revision);
        List<string> differences = [];
        foreach (VendorEfuseField expected in vendor.Fields.Values)
        {
            string actual = table.Find(expected.Name) is { } field ? Describe(table, field) : "missing";
            string wanted = table.Find(expected.Name) is { IsCalculated: true } ? expected.DescribePlace() : expected.Describe();
            if (actual != wanted)
            {
                differences.Add($"{wanted} expected, {actual} found");
            }
        }

        Assert.Empty(differences);
        Assert.Empty(table.Fields.Where(field => !field.IsCalculated && !vendor.Fields.ContainsKey(field.Name) && !vendor.OnlyEspefuse.Contains(field.Name)).Select(field => field.Name));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Numbers_mean_what_the_vendor_table_says(string chipKey, int revision)
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        EfuseTable table = EfuseTable.For(ChipCatalog.ByName(chipKey), revision);
        foreach (VendorEfuseField expected in VendorEfuseTable.Load(ChipCatalog.ByName(chipKey), revision).Fields.Values)
        {
            Assert.Equal(
                expected.Meanings.OrderBy(pair => pair.Key).Select(pair => $"{expected.Name} {pair.Key} {pair.Value}"),
                table.Get(expected.Name).Meanings.OrderBy(pair => pair.Key).Select(pair => $"{expected.Name} {pair.Key} {pair.Value}"));
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Whole_key_blocks_carry_the_protection_bits_of_the_chip_facts(string chipKey, int revision)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        foreach (EfuseField field in EfuseTable.For(chip, revision).Fields.Where(field => field.IsWholeBlock))
        {
            EfuseBlockFacts block = chip.Efuse.Blocks[field.Block];
            Assert.Equal(block.WriteDisableBit, field.WriteDisableBit);
            Assert.Equal(new[] { block.ReadDisableBit, block.UpperHalfReadDisableBit }.OfType<int>(), field.ReadDisableBits);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Names_that_fields_and_blocks_refer_to_exist(string chipKey, int revision)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseTable table = EfuseTable.For(chip, revision);
        IEnumerable<string?> names = table.Fields.SelectMany(field => new[] { field.CrcField, field.RequiredField, field.HighField })
            .Concat(chip.Efuse.Blocks.Select(block => block.KeyPurposeField))
            .Where(name => name is not null);
        Assert.All(names, name => Assert.NotNull(table.Find(name!)));
        Assert.All(table.Fields, field => Assert.Same(field, table.Get(field.Name.ToLowerInvariant())));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void No_two_fields_answer_to_one_name(string chipKey, int revision)
    {
        IEnumerable<string> names = EfuseTable.For(ChipCatalog.ByName(chipKey), revision).Fields.SelectMany(field => field.Aliases.Append(field.Name));
        Assert.Empty(names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [InlineData("A | 0 | bool | config | - | - | - | text", "a field needs a [block N] line above it")]
    [InlineData("[block 0]\nA | 0 | bool", "eight columns")]
    [InlineData("[block 0]\nA | 0..1 | bool | config | - | - | - | text", "does not go with 2 bits")]
    [InlineData("[block 0]\nA | 0..224 | bytes | config | - | - | - | text", "bits 0..224 are not in block 0")]
    [InlineData("[block 0]\nA | x | bool | config | - | - | - | text", "'x' is no number")]
    [InlineData("[block 0]\nA | 0 | bool | other | - | - | - | text", "'other' is no category")]
    [InlineData("[block 0]\nA | 0 | bool | config | - | - | soon | text", "'soon' is no option")]
    [InlineData("[block 0]\nA | 0 | bool | config | - | - | - |", "needs a description")]
    [InlineData("[block 0]\nA | 0 | bool | config | - | - | - | a\nA | 1 | bool | config | - | - | - | b", "'A' is there twice")]
    [InlineData("[block 0]\n= 1 text", "follows a field")]
    [InlineData("[block 7]", "names no block")]
    public void A_broken_table_is_refused_with_its_line_and_the_rule(string text, string rule)
    {
        EfuseException exception = Assert.Throws<EfuseException>(() => EfuseTableParser.Parse(new StringReader(text), "own.efuse", ChipCatalog.ByName("esp32").Efuse.Blocks));
        Assert.Contains(rule, exception.Message);
        Assert.Contains($"own.efuse, line {text.Split('\n').Length}", exception.Message);
    }

    [Fact]
    public void Fields_of_other_revisions_stay_out_of_the_table()
    {
        const string Text = "[block 0]\nA | 0 | bool | config | - | - | rev:-101 | old\nA | 1 | bool | config | - | - | rev:102- | new";
        IReadOnlyList<EfuseField> fields = EfuseTableParser.Parse(new StringReader(Text), "own.efuse", ChipCatalog.ByName("esp32").Efuse.Blocks);
        Assert.Equal("old", new EfuseTable(fields, 101).Get("A").Description);
        Assert.Equal("new", new EfuseTable(fields, 102).Get("A").Description);
    }

    [Theory]
    [InlineData(0, "old")]
    [InlineData(299, "old")]
    [InlineData(300, "v3")]
    [InlineData(499, "v3")]
    [InlineData(int.MaxValue, "v5")]
    public void The_table_is_that_of_the_latest_variant_not_newer_than_the_silicon(int revision, string table)
    {
        EfuseFacts facts = new()
        {
            Base = 0,
            Generation = EfuseGeneration.ReedSolomon,
            Conf = 0,
            Command = 0,
            Clock = 0,
            DacConf = 0,
            Blocks = [],
            CrystalsMHz = [],
            Table = "old",
            TableVariants = [new(300, "v3"), new(500, "v5")],
        };
        Assert.Equal(table, facts.GetTable(revision));
    }

    // A field whose upper bits are a field of their own is one field in the vendor's table.
    private static string Describe(EfuseTable table, EfuseField field)
    {
        IEnumerable<EfuseBitRange> ranges = field.HighField is { } high ? field.Ranges.Concat(table.Get(high).Ranges) : field.Ranges;
        VendorEfuseField place = new()
        {
            Name = field.Name,
            Block = field.Block,
            Bits = [.. ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count))],
            WriteDisableBit = field.WriteDisableBit,
            ReadDisableBits = field.ReadDisableBits,
        };
        return field.IsCalculated ? place.DescribePlace() : place.Describe();
    }
}
