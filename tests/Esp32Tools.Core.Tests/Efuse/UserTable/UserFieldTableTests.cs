using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.UserTable;

public sealed class UserFieldTableTests
{
    private const string Table = """
        # field_name,  efuse_block, bit_start, bit_count, comment

        VERSION,       EFUSE_BLK3,  56,   8,  Version of the module
        ROLE,          EFUSE_BLK3,  ,     3,  [UNIT_ROLE KIND] Role, with a comma
        ENABLED,       EFUSE_BLK3,  ,     1,
        BATCH,         EFUSE_BLK3,  0x46, 20, Batch
        BATCH.YEAR,    EFUSE_BLK3,  70,   8,  Year
        BATCH.NUMBER,  EFUSE_BLK3,  78,   12, Number
        BATCH.NUMBER.ALIAS, EFUSE_BLK3, 78, 12, The same bits
        ID,            EFUSE_BLK3,  110,  8,  [MY_ID] First
        ,              EFUSE_BLK3,  102,  8,  [MY_ID] Second
        ,              EFUSE_BLK3,  92,   8,  [MY_ID] Third
        LONG_ID,       EFUSE_BLK3,  118,  40, Five bytes
        ODD,           EFUSE_BLK3,  158,  34, More than a word
        """;

    // What espefuse shows with this table, its empty bit_start filled in, for these bytes in block 3.
    public static TheoryData<string, string, string, string> Expected() => new()
    {
        { "VERSION", "uint:8", "253", "0xfd" },
        { "ROLE", "uint:3", "4", "0x4" },
        { "ENABLED", "bool", "False", "0x0" },
        { "BATCH", "uint:20", "280620", "0x4482c" },
        { "BATCH_YEAR", "uint:8", "44", "0x2c" },
        { "BATCH_NUMBER", "uint:12", "1096", "0x448" },
        { "ID_0", "uint:8", "184", "0xb8" },
        { "ID_1", "uint:8", "156", "0x9c" },
        { "ID_2", "uint:8", "1", "0x01" },
        { "LONG_ID", "bytes:5", "d4 f0 0c 29 45", "0xd4f00c2945" },
        { "ODD", "uint:34", "7341702497", "0x1b5997d61" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Fields_have_the_values_that_espefuse_shows(string name, string type, string text, string raw)
    {
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            Esp32Efuse field = Decode(chip, Table)[name];
            Assert.Equal((type, text, raw, "user", 3), (field.Type, field.Text, field.RawValue, field.Category, field.Block));
        }
    }

    [Fact]
    public void Field_of_several_rows_is_there_as_a_whole_with_its_first_row_lowest() =>
        Assert.Equal(0x019CB8, Decode(C3, Table)["ID"].Value);

    [Fact]
    public void Part_of_a_part_can_be_another_name_for_it() =>
        Assert.Equal(Decode(C3, Table)["BATCH_NUMBER"].Value, Decode(C3, Table)["BATCH_NUMBER_ALIAS"].Value);

    [Theory]
    [InlineData("UNIT_ROLE", "ROLE")]
    [InlineData("kind", "ROLE")]
    [InlineData("MY_ID", "ID")]
    [InlineData("MY_ID_2", "ID_2")]
    public void Names_in_brackets_find_their_field(string alias, string name) =>
        Assert.Equal(name, Parse(Table).AddTo(Chip(C3, 3)).Table.Get(alias).Name);

    [Fact]
    public void Comment_may_have_commas_and_loses_its_brackets()
    {
        Dictionary<string, Esp32Efuse> fields = Decode(C3, Table);
        Assert.Equal("Role, with a comma", fields["ROLE"].Description);
        Assert.Equal("ENABLED", fields["ENABLED"].Description);
    }

    [Fact]
    public void Fields_of_the_chip_are_still_there()
    {
        EfuseSnapshot chip = Chip(C3, 3);
        Assert.Equal(chip.Table.Fields, Parse(Table).AddTo(chip).Table.Fields.Take(chip.Table.Fields.Count));
    }

    [Theory]
    [InlineData("esp32", "EFUSE_BLK3", 3)]
    [InlineData("esp32", "EFUSE_BLK_ENCRYPT_FLASH", 1)]
    [InlineData("esp32", "EFUSE_BLK_SECURE_BOOT", 2)]
    [InlineData("esp32c2", "EFUSE_BLK_KEY0", 3)]
    [InlineData("esp32c3", "EFUSE_BLK_USER_DATA", 3)]
    [InlineData("esp32c3", "EFUSE_BLK_KEY0", 4)]
    [InlineData("esp32c3", "EFUSE_BLK9", 9)]
    [InlineData("esp32s31", "BLOCK_KEY4", 8)]
    [InlineData("esp32p4", "6", 6)]
    public void Blocks_are_found_by_every_name_that_the_vendor_has_for_them(string chip, string block, int number) =>
        Assert.Equal(number, Parse($"X, {block}, 0, 8,").AddTo(Chip(ChipCatalog.ByName(chip), 0)).Table.Get("X").Block);

    [Fact]
    public void Whole_block_is_as_long_as_the_coding_leaves_it()
    {
        UserFieldTable table = Parse("SECRET, EFUSE_BLK1, , MAX_BLK_LEN, A key");
        Assert.Equal(32, Decode(Chip(Classic, 100), table)["SECRET"].GetBytes()!.Length);
        Assert.Equal(24, Decode(Chip(Classic, 100, (0, 6, 1)), table)["SECRET"].GetBytes()!.Length);
    }

    [Fact]
    public void Field_that_ends_within_a_byte_and_is_no_number_is_bytes()
    {
        Dictionary<string, Esp32Efuse> fields = Decode(C3, "WIDE, EFUSE_BLK3, 0, 100,");
        Assert.Equal("bytes:13", fields["WIDE"].Type);
        Assert.Equal(Bytes(7)[12] & 0x0F, fields["WIDE"].GetBytes()![12]);
    }

    [Fact]
    public void Field_is_protected_as_its_block_is()
    {
        UserFieldTable table = Parse("LOW, EFUSE_BLK_KEY0, 0, 8,\nHIGH, EFUSE_BLK_KEY0, 128, 8,");
        Dictionary<string, Esp32Efuse> half = Decode(Chip(ChipCatalog.ByName("esp32c2"), 100, (0, 1, 2), (0, 0, 0x80)), table);
        Assert.Equal((true, false, false), (half["LOW"].Readable, half["HIGH"].Readable, half["LOW"].Writable));
        Assert.Null(half["HIGH"].Value);
        Assert.True(Decode(Chip(C3, 3), table)["HIGH"].Readable);
    }

    [Fact]
    public void Rows_in_two_blocks_are_fields_of_their_own()
    {
        Dictionary<string, Esp32Efuse> fields = Decode(C3, "A, EFUSE_BLK3, 0, 8,\n, EFUSE_BLK4, 0, 8,");
        Assert.Equal((3, 4, false), (fields["A_0"].Block, fields["A_1"].Block, fields.ContainsKey("A")));
    }

    [Fact]
    public void Bits_that_the_chip_uses_itself_are_told()
    {
        EfuseSnapshot chip = Chip(Classic, 100);
        UserFieldTable table = Parse("MINE, EFUSE_BLK3, 120, 10,\nFREE, EFUSE_BLK3, 200, 8,");
        Assert.StartsWith("MINE has bits of SECURE_VERSION: ", Assert.Single(table.DescribeShared(table.AddTo(chip))), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Names_for_completion_have_the_rows_too() =>
        Assert.Equal(["ID", "ID_0", "ID_1", "ID_2"], Parse(Table).Names.Select(name => name.Key).Where(name => name.StartsWith("ID", System.StringComparison.Ordinal)));

    // The vendor's own table of the ESP32 has such a row.
    [Theory]
    [InlineData("MY_FIELD, EFUSE_BLK3, 56, 8, [MY_FIELD] Twice")]
    [InlineData("MY_FIELD, EFUSE_BLK3, 56, 8, [my_field MY_FIELD OTHER OTHER] Twice")]
    [InlineData("MY_FIELD, EFUSE_BLK3, 56, 4, [MY_FIELD] First\n, EFUSE_BLK3, 60, 4, [MY_FIELD] Second")]
    [InlineData("MY, EFUSE_BLK3, 56, 16\nMY.FIELD, EFUSE_BLK3, 56, 8, [MY.FIELD] A part")]
    public void Second_name_that_repeats_the_name_of_the_field_collides_with_nothing(string table)
    {
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            Assert.Equal((8, 253ul), (Decode(chip, table)["MY_FIELD"].BitLength, Decode(chip, table)["MY_FIELD"].Number));
        }
    }

    [Theory]
    [InlineData("", "line 1, column field_name: the table has no field")]
    [InlineData("# only a remark", "line 1, column field_name: the table has no field")]
    [InlineData("A, EFUSE_BLK3, 0, 8\n\n , EFUSE_BLK3, 4, 8", "line 3, column bit_start: bits 4 to 11 of A overlap bits 0 to 7 of A in line 1")]
    [InlineData(", EFUSE_BLK3, 0, 8", "line 1, column field_name: the first row needs a name")]
    [InlineData("1A, EFUSE_BLK3, 0, 8", "line 1, column field_name: '1A' is no name")]
    [InlineData("A, , 0, 8", "line 1, column efuse_block: a row needs a block")]
    [InlineData("A, EFUSE_BLK3, x, 8", "line 1, column bit_start: 'x' is no number of bits")]
    [InlineData("A, EFUSE_BLK3, -1, 8", "line 1, column bit_start: '-1' is no number of bits")]
    [InlineData("A, EFUSE_BLK3, 0, ", "line 1, column bit_count: a row needs its number of bits, or MAX_BLK_LEN")]
    [InlineData("A, EFUSE_BLK3, 0, 0", "line 1, column bit_count: a field has at least one bit")]
    [InlineData("A, EFUSE_BLK3, 0, 0xFFFFFFFF", "line 1, column bit_count: '0xFFFFFFFF' is no number of bits")]
    [InlineData("A, EFUSE_BLK3, 0, 8\nB, EFUSE_BLK3, 8, 8\na, EFUSE_BLK3, 16, 8", "line 3, column field_name: the name a is in line 1 already")]
    [InlineData("A.B, EFUSE_BLK3, 0, 8\nA_B, EFUSE_BLK3, 8, 8", "line 2, column field_name: the name A_B is in line 1 already")]
    [InlineData("A, EFUSE_BLK3, 0, 8, [B] x\nB, EFUSE_BLK3, 8, 8", "line 2, column field_name: the name B is in line 1 already")]
    [InlineData("A, EFUSE_BLK3, 0, 8, [X] x\nB, EFUSE_BLK3, 8, 8, [X] x", "line 2, column comment: the name X is in line 1 already")]
    [InlineData("A, EFUSE_BLK11, 0, 8", "line 1, column efuse_block: the ESP32-C3 has no block 'EFUSE_BLK11'")]
    [InlineData("A, EFUSE_BLK_KEY6, 0, 8", "line 1, column efuse_block: the ESP32-C3 has no block 'EFUSE_BLK_KEY6'")]
    [InlineData("A, EFUSE_BLK0, 0, 8", "line 1, column efuse_block: BLOCK0 of the ESP32-C3 belongs to the system; these are for applications: BLOCK_USR_DATA, BLOCK_KEY0")]
    [InlineData("A, EFUSE_BLK2, 0, 8", "line 1, column efuse_block: BLOCK_SYS_DATA of the ESP32-C3 belongs")]
    [InlineData("A, EFUSE_BLK10, 0, 8", "line 1, column efuse_block: BLOCK_SYS_DATA2 of the ESP32-C3 belongs")]
    [InlineData("A, EFUSE_BLK3, 256, 1", "line 1, column bit_start: bit 256 and 1 bits from there on are not in BLOCK_USR_DATA, which has 256")]
    [InlineData("A, EFUSE_BLK3, 250, 8", "line 1, column bit_count: bit 250 and 8 bits from there on are not in BLOCK_USR_DATA, which has 256")]
    [InlineData("A, EFUSE_BLK3, 8, MAX_BLK_LEN", "line 1, column bit_start: MAX_BLK_LEN is the whole block")]
    [InlineData("A, EFUSE_BLK3, 0, 8\nB, EFUSE_BLK3, 7, 8", "line 2, column bit_start: bits 7 to 14 of B overlap bits 0 to 7 of A in line 1")]
    [InlineData("A, EFUSE_BLK3, 0, 8\nA.X, EFUSE_BLK3, 0, 4\nA.Y, EFUSE_BLK3, 3, 4", "line 3, column bit_start: bits 3 to 6 of A.Y overlap bits 0 to 3 of A.X in line 2")]
    [InlineData("A, EFUSE_BLK3, 0, 8\nA.X, EFUSE_BLK3, 4, 8", "line 2, column bit_start: bits 4 to 11 of A.X are not all in A")]
    [InlineData("A, EFUSE_BLK3, 0, 8\nA.X, EFUSE_BLK4, 0, 4", "line 2, column bit_start: bits 0 to 3 of A.X are not all in A")]
    [InlineData("B.X, EFUSE_BLK3, 0, 8", "line 1, column field_name: B.X is a part of B, which is neither in this table nor a field of the chip")]
    [InlineData("KEY0.X, EFUSE_BLK3, 0, 8", "line 1, column bit_start: bits 0 to 7 of KEY0.X are not all in KEY0")]
    [InlineData("CUSTOM_MAC, EFUSE_BLK3, 0, 8", "line 1, column field_name: the chip has a field CUSTOM_MAC of its own")]
    [InlineData("A, EFUSE_BLK3, 0, 8, [MAC_CUSTOM] x", "line 1, column field_name: the chip has a field MAC_CUSTOM of its own, which is CUSTOM_MAC")]
    [InlineData("A, EFUSE_BLK3, 0, 8\n, EFUSE_BLK3, 8, 8\nA_0, EFUSE_BLK3, 16, 8", "line 3, column field_name: the name A_0 is there twice")]
    public void What_is_wrong_is_told_by_line_column_and_rule(string text, string start)
    {
        EfuseException error = Assert.Throws<EfuseException>(() => Parse(text).AddTo(Chip(C3, 3)));
        Assert.Equal(ErrorCode.EfuseFieldTableInvalid, error.Code);
        Assert.StartsWith("own.csv, " + start, error.Message, System.StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void Coding_of_an_esp32_shortens_its_blocks()
    {
        UserFieldTable table = Parse("A, EFUSE_BLK3, 190, 8,");
        Assert.NotNull(table.AddTo(Chip(Classic, 100)));
        string message = Assert.Throws<EfuseException>(() => table.AddTo(Chip(Classic, 100, (0, 6, 1)))).Message;
        Assert.Contains("which has 192 with this chip's 3/4 coding", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Part_of_the_vendors_own_field_needs_no_row_for_that() =>
        Assert.Equal("USER_DATA_MINE", Decode(C3, "USER_DATA.MINE, EFUSE_BLK3, 0, 8,")["USER_DATA_MINE"].Name);

    [Fact]
    public void Fields_are_planned_like_those_of_the_chip()
    {
        EfuseSnapshot chip = Parse(Table).AddTo(Chip(C3, 3));
        using EfusePlan plan = EfusePlanner.Plan(chip, [new EfuseValueRequest { Field = "ROLE", Value = 5 }, new EfuseValueRequest { Field = "ID", Value = 0x010203 }]);
        Assert.Empty(plan.Refusals);
        uint[] words = Assert.Single(plan.Writes).Words;
        Assert.Equal(5u, words[2] & 7);
        Assert.Equal(0x03u, words[3] >> 14 & 0xFF);
    }

    [Fact]
    public void Bits_beyond_the_end_of_a_row_of_bytes_are_refused()
    {
        EfuseSnapshot chip = Parse("WIDE, EFUSE_BLK3, 0, 100,").AddTo(Chip(C3, 3));
        using EfusePlan good = EfusePlanner.Plan(chip, [new EfuseValueRequest { Field = "WIDE", Value = Bytes(1, 12).Append((byte)0x0F).ToArray() }]);
        using EfusePlan bad = EfusePlanner.Plan(chip, [new EfuseValueRequest { Field = "WIDE", Value = Bytes(1, 12).Append((byte)0x10).ToArray() }]);
        Assert.Empty(good.Refusals);
        Assert.Equal(ErrorCode.EfuseValueInvalid, Assert.Single(bad.Refusals).Code);
    }

    private static UserFieldTable Parse(string text) => UserFieldTable.Parse(new StringReader(text), "own.csv");

    private static Dictionary<string, Esp32Efuse> Decode(ChipDefinition chip, string table) =>
        Decode(ChipWithBlock(chip, 0, 3, Bytes(7)), Parse(table));

    private static Dictionary<string, Esp32Efuse> Decode(EfuseSnapshot chip, UserFieldTable table) =>
        table.AddTo(chip).Decode().ToDictionary(field => field.Name);
}
