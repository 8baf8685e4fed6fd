using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Core.Tests.House;
using Xunit;

namespace Esp32Tools.Core.Tests.Chips;

/// <summary>What a field does stands in the tables, and nowhere else.</summary>
public sealed class EfuseRoleTests
{
    // Roles without which a chip could not be told, protected or burned.
    private static readonly EfuseRole[] s_everyChip =
    [
        EfuseRole.WriteDisable, EfuseRole.ReadDisable, EfuseRole.EncryptionCount, EfuseRole.DownloadEncryptDisable, EfuseRole.SecureBootEnable,
        EfuseRole.DownloadDisable, EfuseRole.PadJtagDisable, EfuseRole.FactoryMac, EfuseRole.CustomMac, EfuseRole.MajorRevision,
        EfuseRole.MinorRevision, EfuseRole.Package,
    ];

    // Asked before the revision is known, by whichever table there is.
    private static readonly EfuseRole[] s_beforeRevision =
    [
        EfuseRole.MajorRevision, EfuseRole.MinorRevision, EfuseRole.BlockVersionMajor, EfuseRole.BlockVersionMinor,
        EfuseRole.FlashCapacity, EfuseRole.FlashVendor, EfuseRole.FlashPadClock,
    ];

    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Every_chip_has_the_roles_that_no_chip_can_be_without(string key) =>
        Assert.All(Tables(key), table => Assert.All(s_everyChip, role => Assert.NotNull(table.Find(role))));

    [Theory]
    [MemberData(nameof(Chips))]
    public void What_tells_the_revision_is_in_one_place_at_every_revision(string key)
    {
        EfuseTable[] tables = [.. Tables(key)];
        Assert.All(s_beforeRevision, role => Assert.Single(tables.Select(table => Place(table, table.Find(role))).Distinct()));
    }

    [Fact]
    public void Every_role_is_that_of_some_field() =>
        Assert.All(Enum.GetValues<EfuseRole>(), role => Assert.Contains(ChipCatalog.All, chip => chip.Efuse.Has(role)));

    [Fact]
    public void A_role_has_a_word_of_its_own_and_is_found_by_it()
    {
        Assert.Equal("encryption-count", EfuseRoles.Word(EfuseRole.EncryptionCount));
        Assert.All(Enum.GetValues<EfuseRole>(), role => Assert.True(EfuseRoles.TryParse(EfuseRoles.Word(role), out EfuseRole found) && found == role));
        Assert.False(EfuseRoles.TryParse("EncryptionCount", out _));
    }

    [Fact]
    public void Digests_are_revoked_by_three_fields()
    {
        Assert.Equal(
            [EfuseRole.DigestRevoke0, EfuseRole.DigestRevoke1, EfuseRole.DigestRevoke2],
            Enumerable.Range(0, EfuseRoles.Digests).Select(EfuseRoles.DigestRevoke));
        Assert.Throws<ArgumentOutOfRangeException>(() => EfuseRoles.DigestRevoke(3));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void A_chip_file_places_no_bits_that_its_table_has(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        BitField[] fields = [.. FieldsIn(chip, [])];
        Assert.All(fields.SelectMany(field => field.Parts), part => Assert.DoesNotContain(chip.Efuse.Blocks, block =>
            part.Register >= chip.Efuse.Base + block.ReadOffset && part.Register < chip.Efuse.Base + block.ReadOffset + (4 * (uint)block.Words)));
        if (key == "esp32")
        {
            Assert.NotEmpty(fields);
        }
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Sizes_and_makers_of_a_chip_file_are_those_of_its_table_where_that_has_them(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        foreach (EmbeddedMemoryFacts memory in new[] { chip.Identity.Flash, chip.Identity.Psram }.OfType<EmbeddedMemoryFacts>())
        {
            IReadOnlyDictionary<uint, string> sizes = Tables(key).First().Get(memory.Capacity).Meanings;
            if (sizes.Count > 0)
            {
                Assert.Equal(
                    sizes.Where(size => size.Value != "None").OrderBy(size => size.Key).Select(size => (size.Key, size.Value)),
                    memory.Megabytes.OrderBy(size => size.Key).Select(size => (size.Key, $"{size.Value}M")));
            }

            if (memory.Vendor is { } vendor && Tables(key).First().Get(vendor).Meanings is { Count: > 0 } makers)
            {
                Assert.Equal(makers.Where(maker => maker.Value != "None").OrderBy(maker => maker.Key), memory.Vendors.OrderBy(maker => maker.Key));
            }
        }
    }

    /// <summary>A chip's own file may: it is its own table that it names.</summary>
    [Fact]
    public void Nobody_but_a_chip_and_its_table_calls_a_field_by_name()
    {
        HashSet<string> names = [.. ChipCatalog.All.SelectMany(chip => Tables(chip.Key)).SelectMany(table => table.Fields)
            .Where(field => !field.IsWholeBlock && field.Name.Contains('_'))
            .SelectMany(field => field.Aliases.Append(field.Name)).Where(name => name.Contains('_'))];
        string[] wrong =
        [
            .. from file in SourceTree.CSharp("src", "Esp32Tools.Core").Concat(SourceTree.CSharp("src", "Esp32Tools.Simulator"))
               where !file.Name.StartsWith("src/Esp32Tools.Core/Chips/", StringComparison.Ordinal)
               from Match text in Regex.Matches(file.Text, "\"([A-Z0-9_]+)\"")
               where names.Contains(text.Groups[1].Value)
               select $"{file.Name} calls {text.Groups[1].Value} by name",
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_chip_is_one_file_one_table_for_each_silicon_and_one_line_of_the_catalogue()
    {
        string[] definitions = [.. SourceTree.CSharp("src", "Esp32Tools.Core", "Chips")
            .Where(file => file.Code.Contains("ChipDefinition Definition { get; }", StringComparison.Ordinal)).Select(file => file.Stem).Order()];
        SourceFile catalogue = Assert.Single(SourceTree.CSharp("src", "Esp32Tools.Core", "Chips"), file => file.Stem == nameof(ChipCatalog));
        string[] lines = [.. Regex.Matches(catalogue.Code, @"^\s*(\w+)\.Definition,\s*$", RegexOptions.Multiline).Cast<Match>().Select(line => line.Groups[1].Value).Order()];
        Assert.Equal(ChipCatalog.All.Count, definitions.Length);
        Assert.Equal(definitions, lines);
        Assert.Equal(
            ChipCatalog.All.SelectMany(chip => chip.Efuse.TableVariants.Select(variant => variant.Table).Prepend(chip.Efuse.Table)).Order(),
            SourceTree.All().Where(name => name.EndsWith(".efuse", StringComparison.Ordinal)).Select(name => System.IO.Path.GetFileNameWithoutExtension(name)).Order());
    }

    /// <summary>Or a chip would be in more than one file after all.</summary>
    [Fact]
    public void No_code_outside_its_file_asks_for_a_chip_by_its_key()
    {
        string[] keys = [.. ChipCatalog.All.Select(chip => $"\"{chip.Key}\"").Concat(ChipCatalog.All.Select(chip => $"\"{chip.Name}\""))];
        Assert.Empty(
            from file in SourceTree.CSharp("src")
            where !Regex.IsMatch(file.Name, "^src/Esp32Tools.Core/Chips/Esp32[^/]*$")
            from line in file.Text.Split('\n')
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            where keys.Any(key => line.Contains(key, StringComparison.Ordinal))
            select $"{file.Name}: {line.Trim()}");
    }

    private static IEnumerable<EfuseTable> Tables(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        return chip.Efuse.TableVariants.Select(variant => variant.FromRevision).Prepend(0).Append(chip.Factory.Revision).Distinct().Select(chip.Efuse.GetTable);
    }

    private static string Place(EfuseTable table, EfuseField? field) =>
        field is null ? "none" : $"{field.Block}: {string.Join(",", table.GetWholeRanges(field))}";

    private static IEnumerable<BitField> FieldsIn(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return [];
        }

        return value is BitField field ? [field]
            : value is IEnumerable many ? many.Cast<object>().SelectMany(one => FieldsIn(one, seen))
            : value.GetType().Namespace?.StartsWith("Esp32Tools.Chips", StringComparison.Ordinal) == true && !value.GetType().IsEnum
                ? value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)
                    .SelectMany(property => FieldsIn(property.GetValue(value), seen))
            : [];
    }
}
