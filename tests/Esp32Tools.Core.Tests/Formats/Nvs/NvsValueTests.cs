using System;
using System.Globalization;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

public sealed class NvsValueTests
{
    public static TheoryData<string, string, object> Good => new()
    {
        { "u8", "255", (byte)255 },
        { "U8", " +007 ", (byte)7 },
        { "i8", "-128", (sbyte)-128 },
        { "u16", "65535", (ushort)65535 },
        { "i16", "-32768", (short)-32768 },
        { "u32", "4_294_967_295", 4294967295u },
        { "i32", "-2147483648", int.MinValue },
        { "u64", "18446744073709551615", ulong.MaxValue },
        { "i64", "-9223372036854775808", long.MinValue },
        { "string", "", "" },
        { "string", " grüße ", " grüße " },
        { "hex2bin", " 00ffAB ", new byte[] { 0, 0xFF, 0xAB } },
        { "base64", "AAH/", new byte[] { 0, 1, 0xFF } },
        { "binary", "ü", new byte[] { 0xC3, 0xBC } },
        { "blob_fill(4;0xAa)", "x", new byte[] { 0x78, 0xAA, 0xAA, 0xAA } },
        { "blob_sz_fill(3;0x00)", "xy", new byte[] { 2, 0, 0, 0, 0x78, 0x79, 0 } },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Text_becomes_a_value(string encoding, string text, object expected) => Assert.Equal(expected, NvsValue.Parse(encoding, text));

    [Theory]
    [InlineData("u8", "256")]
    [InlineData("u8", "-1")]
    [InlineData("i8", "128")]
    [InlineData("u16", "65536")]
    [InlineData("i16", "32768")]
    [InlineData("u32", "4294967296")]
    [InlineData("i32", "2147483648")]
    [InlineData("u64", "18446744073709551616")]
    [InlineData("u64", "99999999999999999999999999999999999999999999999999")]
    [InlineData("i64", "9223372036854775808")]
    [InlineData("u8", "")]
    [InlineData("u8", "0x10")]
    [InlineData("u8", "1.0")]
    [InlineData("u8", "1,000")]
    [InlineData("u8", "_1")]
    [InlineData("u8", "1__0")]
    [InlineData("u8", "٣")]
    [InlineData("hex2bin", "0x00")]
    [InlineData("hex2bin", "0 0 ")]
    [InlineData("base64", "AAA")]
    [InlineData("string", "a\0b")]
    [InlineData("blob_fill(1;0x00)", "xy")]
    [InlineData("blob_fill(1;0x0)", "x")]
    [InlineData("blob_fill(1;0x00) ", "x")]
    [InlineData("blob", "x")]
    [InlineData("", "x")]
    public void Text_that_breaks_a_rule_is_refused(string encoding, string text)
    {
        InputException error = Assert.Throws<InputException>(() => NvsValue.Parse(encoding, text));
        Assert.Equal(ErrorCode.NvsItemInvalid, error.Code);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void File_is_read_as_its_encoding_says()
    {
        byte[] Read(string name) => name == "x" ? [0x34, 0x31, 0x0A] : throw new InvalidOperationException();
        Assert.Equal("41\n", NvsValue.Parse("string", "x", Read));
        Assert.Equal(new byte[] { 0x41 }, NvsValue.Parse("hex2bin", "x", Read));
        Assert.Equal(new byte[] { 0x34, 0x31, 0x0A }, NvsValue.Parse("binary", "x", Read));
        Assert.Equal((byte)41, NvsValue.Parse("u8", "x", Read));
        Assert.Throws<InputException>(() => NvsValue.Parse("string", "x", _ => [0xC3]));
        Assert.Equal(new byte[] { 0xC3, 0 }, NvsValue.Parse("blob_fill(2;0x00)", "x", _ => [0xC3]));
    }

    [Theory]
    [InlineData((byte)1, NvsType.U8)]
    [InlineData((sbyte)1, NvsType.I8)]
    [InlineData((ushort)1, NvsType.U16)]
    [InlineData((short)1, NvsType.I16)]
    [InlineData(1u, NvsType.U32)]
    [InlineData(1, NvsType.I32)]
    [InlineData(1ul, NvsType.U64)]
    [InlineData(1L, NvsType.I64)]
    [InlineData("x", NvsType.String)]
    [InlineData(new byte[] { 1 }, NvsType.Blob)]
    public void Type_of_an_object_is_that_of_the_value(object value, NvsType type)
    {
        NvsItem item = NvsItem.Of("ns", "k", value);
        Assert.Equal((type, value), (item.Type, item.Value));
        Assert.Equal(value, NvsItem.Of("ns", "k", type, value).Value);
    }

    [Fact]
    public void Text_with_half_a_character_is_refused()
    {
        string half = new((char)0xD800, 1);
        Assert.Throws<InputException>(() => NvsItem.Of("ns", "k", half));
        Assert.Throws<InputException>(() => NvsItem.Of("ns", half, 1));
        Assert.Throws<InputException>(() => NvsItem.ForNamespace(half));
    }

    [Fact]
    public void Bool_is_a_number_of_8_bits() => Assert.Equal((byte)1, NvsItem.Of("ns", "k", true).Value);

    [Theory]
    [InlineData(1.5)]
    [InlineData('x')]
    [InlineData(null)]
    public void Objects_that_NVS_does_not_know_are_refused(object? value) =>
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => NvsItem.Of("ns", "k", value!)).Code);

    [Fact]
    public void Numbers_are_brought_to_their_type_when_they_fit()
    {
        Assert.Equal((byte)6, NvsItem.Of("ns", "k", NvsType.U8, 6L).Value);
        Assert.Equal(ulong.MaxValue, NvsItem.Of("ns", "k", NvsType.U64, "18446744073709551615").Value);
        Assert.Equal(3000000000u, NvsItem.Of("ns", "k", NvsType.U32, 3e9).Value);
        foreach (object bad in new object[] { 256, -1, 1.5, double.NaN, double.PositiveInfinity, 1e30, "x", new byte[1] })
        {
            Assert.Throws<InputException>(() => NvsItem.Of("ns", "k", NvsType.U8, bad));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sixteen_chars_ke")]
    [InlineData("üüüüüüüü")]
    [InlineData("a\0b")]
    public void Names_that_do_not_fit_are_refused(string name)
    {
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => NvsItem.Of("ns", name, 1)).Code);
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => NvsItem.Of(name, "k", 1)).Code);
    }

    [Fact]
    public void Items_do_not_show_their_value() => Assert.Equal("ns/k (String)", NvsItem.Of("ns", "k", "hunter2").ToString());

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Equal((sbyte)-5, NvsValue.Parse("i8", "-5"));
            Assert.Throws<InputException>(() => NvsValue.Parse("i8", "−5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Version_1_takes_1984_bytes()
    {
        var builder = new NvsImageBuilder(0x3000, version: 1);
        builder.Add(NvsItem.Of("ns", "s", new string('x', 1983)));
        builder.Add(NvsItem.Of("ns", "b", new byte[1984]));
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => builder.Add(NvsItem.Of("ns", "t", new string('x', 1984)))).Code);
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => builder.Add(NvsItem.Of("ns", "c", new byte[1985]))).Code);
    }

    [Fact]
    public void Namespaces_end_at_254()
    {
        var builder = new NvsImageBuilder(0x8000);
        foreach (int i in Enumerable.Range(1, 254))
        {
            builder.Add(NvsItem.ForNamespace($"n{i}"));
        }

        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => builder.Add(NvsItem.ForNamespace("n255"))).Code);
    }

    [Fact]
    public void Key_given_twice_is_warned_of()
    {
        var builder = new NvsImageBuilder(0x3000);
        builder.Add(NvsItem.Of("ns", "k", 1));
        Assert.Empty(builder.Warnings);
        builder.Add(NvsItem.Of("ns", "k", "x"));
        Assert.Single(builder.Warnings);
    }
}
