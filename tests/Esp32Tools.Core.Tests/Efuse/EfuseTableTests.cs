using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Esp32Tools.Chips;
using Esp32Tools.Efuse;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse;

public sealed class EfuseTableTests
{
    public static TheoryData<string> Chips() => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Every_field_lies_where_the_vendor_table_has_it(string chipKey)
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseTable table = EfuseTable.For(chip, 0);
        VendorTable vendor = VendorTable.Load(chip);
        List<string> expected = [.. vendor.Fields.Select(field => vendor.Describe(field.Name, field.Block, field.Bits))];
        List<string> actual = [.. table.Fields
            .Where(field => !field.IsCalculated && !vendor.OnlyEspefuse.Contains(field.Name))
            .Select(field => Describe(field.Name, field.Block, field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count)), field.WriteDisableBit, field.ReadDisableBits))];
        Assert.Equal(expected.OrderBy(text => text, StringComparer.Ordinal), actual.OrderBy(text => text, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Whole_key_blocks_carry_the_protection_bits_of_the_chip_facts(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        foreach (EfuseField field in EfuseTable.For(chip, 0).Fields.Where(field => field.IsWholeBlock))
        {
            EfuseBlockFacts block = chip.Efuse.Blocks[field.Block];
            Assert.Equal(block.WriteDisableBit, field.WriteDisableBit);
            Assert.Equal(block.ReadDisableBit is { } bit ? [bit] : [], field.ReadDisableBits);
        }
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Names_that_fields_and_blocks_refer_to_exist(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseTable table = EfuseTable.For(chip, 0);
        IEnumerable<string?> names = table.Fields.SelectMany(field => new[] { field.CrcField, field.RequiredField })
            .Concat(chip.Efuse.Blocks.Select(block => block.KeyPurposeField))
            .Where(name => name is not null);
        Assert.All(names, name => Assert.NotNull(table.Find(name!)));
        Assert.All(table.Fields, field => Assert.Same(field, table.Get(field.Name.ToLowerInvariant())));
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

    private static string Describe(string name, int block, IEnumerable<int> bits, int? writeDisable, IEnumerable<int> readDisable) =>
        $"{name} block {block} bits {string.Join(",", bits)} wr {writeDisable} rd {string.Join(",", readDisable)}";

    /// <summary>The vendor's table, with the names that espefuse uses.</summary>
    private sealed class VendorTable
    {
        private readonly Dictionary<string, int> _writeDisable = [];
        private readonly Dictionary<string, int> _readDisable = [];
        private readonly HashSet<string> _onlyVendor = [];

        public List<(string Name, int Block, List<int> Bits)> Fields { get; } = [];

        public HashSet<string> OnlyEspefuse { get; } = [];

        public static VendorTable Load(ChipDefinition chip)
        {
            VendorTable table = new();
            using JsonDocument differences = JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("facts", "efuse", "differences.json")));
            JsonElement own = differences.RootElement.GetProperty(chip.Key);
            Dictionary<string, string> rename = own.GetProperty("csvToEspefuse").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
            table._onlyVendor.UnionWith(own.GetProperty("onlyCsv").EnumerateArray().Select(name => name.GetString()!));
            table.OnlyEspefuse.UnionWith(own.GetProperty("onlyEspefuse").EnumerateArray().Select(name => name.GetString()!));
            foreach (string line in File.ReadLines(SharedFiles.PathOf("facts", "efuse", chip.Key + ".csv")).Where(line => line.Contains("EFUSE_BLK", StringComparison.Ordinal) && line[0] != '#'))
            {
                table.Add(line.Split(',', 5), rename, chip);
            }

            // A MAC address is written from its highest byte down.
            foreach ((string _, int _, List<int> bits) in table.Fields.Where(field => field.Name.StartsWith("MAC", StringComparison.Ordinal)))
            {
                bits.Sort();
            }

            table.Fields.RemoveAll(field => table._onlyVendor.Contains(field.Name));
            return table;
        }

        public string Describe(string name, int block, List<int> bits) => EfuseTableTests.Describe(
            name, block, bits, _writeDisable.TryGetValue(name, out int wr) ? wr : null, _readDisable.TryGetValue(name, out int rd) ? [rd] : []);

        private void Add(string[] columns, Dictionary<string, string> rename, ChipDefinition chip)
        {
            string name = columns[0].Trim();
            int block = int.Parse(Regex.Match(columns[1], "[0-9]+$").Value, CultureInfo.InvariantCulture);
            int start = int.Parse(columns[2], CultureInfo.InvariantCulture);
            int count = columns[3].Trim() == "MAX_BLK_LEN" ? chip.Efuse.Blocks[block].Words * 32 : int.Parse(columns[3], CultureInfo.InvariantCulture);
            if (name.StartsWith("WR_DIS.", StringComparison.Ordinal))
            {
                _writeDisable[name[7..]] = start;
            }
            else if (name.StartsWith("RD_DIS.", StringComparison.Ordinal))
            {
                _readDisable[name[7..]] = start - Fields.Single(field => field.Name == "RD_DIS").Bits[0];
            }
            else if (name.Length == 0)
            {
                Fields[^1].Bits.AddRange(Enumerable.Range(start, count));
            }
            else
            {
                Fields.Add((rename.TryGetValue(name, out string? other) ? other : name, block, [.. Enumerable.Range(start, count)]));
            }
        }
    }
}
