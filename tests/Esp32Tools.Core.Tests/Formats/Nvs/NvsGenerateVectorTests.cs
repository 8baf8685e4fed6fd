using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>Byte for byte what the vendor's generator makes, and no where it says no.</summary>
public sealed class NvsGenerateVectorTests
{
    // One that is always there; the others come from the shared cases.
    private const string Own = "own";

    // Rows that the generator leaves out, or turns into something else, without a word: this module refuses them.
    private static readonly string[] s_silent = ["55-unknown-row-type", "75-before-namespace"];

    // The generator puts a value into another namespace than the one that the CSV names. With its quirks the bytes are the same.
    private static readonly string[] s_misplaced = ["07-repeat-namespace", "14-repeat-namespace", "28-two-inputs"];

    // A mistake on the generator's command line, with a CSV that is well formed.
    private const string CommandLine = "73-bad-no-key";

    public static TheoryData<string> Cases => [Own, .. NvsVectors.Ids("generate").Where(id => id != CommandLine)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Csv_becomes_the_same_image(string id)
    {
        if (id == Own)
        {
            Assert.Equal(NvsSamples.Image(), NvsSamples.Build());
            return;
        }

        JsonElement item = NvsVectors.Case("generate", id);
        if (!item.GetProperty("image_made").GetBoolean() || s_silent.Contains(id))
        {
            InputException error = Assert.Throws<InputException>(() => NvsVectors.Build(item));
            Assert.Equal(CodeOf(id), error.Code);
            Assert.NotEmpty(error.Advice);
            return;
        }

        byte[] expected = NvsVectors.Read(NvsVectors.Text(item, "bin")!);
        byte[] plain = NvsVectors.Build(item, likeGenerator: s_misplaced.Contains(id));
        using NvsKey? key = NvsVectors.KeyOf(item);
        if (key is null)
        {
            Assert.Equal(expected, plain);
            return;
        }

        Assert.Equal(expected, NvsCipher.Encrypt(plain, key));
        byte[] decrypted = NvsCipher.Decrypt(expected, key);
        Assert.Equal(plain, decrypted);
        Assert.Equal(NvsVectors.Text(item, "decrypted_sha256"), Convert.ToHexStringLower(SHA256.HashData(decrypted)));
        if (NvsVectors.Text(item, "derived_keys") is { } derived)
        {
            Assert.Equal(NvsVectors.Read(derived), key.ToFileBytes());
        }
    }

    [Fact]
    public void Refusals_name_file_line_and_column()
    {
        var text = new StringReader("key,type,encoding,value\n# a comment\nns,namespace,,\na,data,u8,\"1\n1\"\nb,data,u8,256\n");
        InputException error = Assert.Throws<InputException>(() => NvsCsv.Read(text, "in.csv"));
        Assert.StartsWith("'in.csv', line 4, column 'value': ", error.Message, StringComparison.Ordinal);

        text = new StringReader("key,type,encoding,value\n# a comment\nns,namespace,,\na,data,string,\"1\n1\"\nb,data,u8,256\n");
        error = Assert.Throws<InputException>(() => NvsCsv.Read(text, "in.csv"));
        Assert.StartsWith("'in.csv', line 6, column 'value': 256 does not fit U8.", error.Message, StringComparison.Ordinal);
        Assert.Equal("in.csv", error.Target);
    }

    [Theory]
    [InlineData("a,data,u8,hunter2")]
    [InlineData("a,data,hex2bin,hunter2")]
    [InlineData("a,data,base64,hunter2!")]
    [InlineData("a,data,blob_fill(2;0x00),hunter2")]
    [InlineData("a,data,u8,1,hunter2")]
    public void Refusals_do_not_quote_values(string row)
    {
        InputException error = Assert.Throws<InputException>(() => NvsCsv.Read(new StringReader($"key,type,encoding,value\nns,namespace,,\n{row}\n")));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Namespace_that_is_named_again_gets_what_stands_below_it()
    {
        const string Csv = "key,type,encoding,value\none,namespace,,\ntwo,namespace,,\none,namespace,,\nb,data,u8,3\n";
        Assert.Equal("one", NvsCsv.Read(new StringReader(Csv))[^1].Namespace);
        Assert.Equal("two", NvsCsv.Read(new StringReader(Csv), quirks: new NvsGeneratorQuirks())[^1].Namespace);
    }

    // Bytes of the key as of the examples of IEEE 802.11i, annex H.4: password 'ThisIsAPassword', SSID 'ThisIsASSID'.
    [Fact]
    public void Companions_of_wifi_keys_come_when_the_generators_quirks_are_wanted()
    {
        const string Csv = "key,type,encoding,value\nnvs.net80211,namespace,,\nsta.ssid,data,blob_sz_fill(32;0x00),x\nsta.pswd,data,blob_fill(65;0x00),y\n"
            + "ap.ssid,data,blob_sz_fill(32;0x00),ThisIsASSID\nap.passwd,data,blob_fill(65;0x00),ThisIsAPassword\nap.authmode,data,u8,3\n";
        Assert.Equal(6, NvsCsv.Read(new StringReader(Csv)).Count);
        NvsItem[] items = [.. NvsCsv.Read(new StringReader(Csv), quirks: new NvsGeneratorQuirks())];
        Assert.Equal(
            ["", "sta.ssid", "sta.apinfo", "sta.pmk", "sta.apsw", "sta.pswd", "ap.ssid", "ap.passwd", "ap.pmk_info", "ap.authmode"],
            items.Select(item => item.Key));
        Assert.Equal(
            "0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af",
            Convert.ToHexStringLower(((byte[])items[8].Value)[100..]));
        Assert.Equal([140, 32, 2], items[2..5].Select(item => ((byte[])item.Value).Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("key,type,encoding\n")]
    [InlineData("key,type,encoding,value,value\n")]
    [InlineData("key,type,encoding,value\na,data,u8,1\n")]
    [InlineData("key,type,encoding,value\nns,namespace,,\na,data,string,hello, world\n")]
    [InlineData("key,type,encoding,value\nns,namespace,,\na,Data,u8,1\n")]
    [InlineData("key,type,encoding,value\nns,namespace,,\na,data,string,\"open\n")]
    [InlineData("key,type,encoding,value\nns,namespace,,\na,file,binary,x.bin\n")]
    public void Tables_that_are_not_as_they_should_be_are_refused(string csv) =>
        Assert.Equal(ErrorCode.CsvInvalid, Assert.Throws<InputException>(() => NvsCsv.Read(new StringReader(csv))).Code);

    [Fact]
    public void Columns_stand_in_any_order()
    {
        NvsItem item = NvsCsv.Read(new StringReader("value,key,note,encoding,type\n,ns,,,namespace\n7,a,why,u8,data\n"))[1];
        Assert.Equal(("ns", "a", NvsType.U8, (object)(byte)7), (item.Namespace, item.Key, item.Type, item.Value));
    }

    private static ErrorCode CodeOf(string id) => id switch
    {
        "55-unknown-row-type" or "75-before-namespace" or "71-bad-header" => ErrorCode.CsvInvalid,
        "62-bad-no-file" => ErrorCode.FileNotFound,
        "63-bad-too-small" or "74-bad-full" => ErrorCode.NvsFull,
        "64-bad-size-odd" or "65-bad-size-small" or "72-bad-version" => ErrorCode.ValueInvalid,
        _ => ErrorCode.NvsItemInvalid,
    };
}
