using System.Linq;
using System.Text;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Layout;

public sealed class ContentKindTests
{
    [Theory]
    [InlineData("\r\n <!DOCTYPE HTML>", "a web page")]
    [InlineData("<?xml version='1.0'?><html xmlns='x'>", "a web page")]
    [InlineData("<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "an XML file")]
    [InlineData("{\"message\": \"Not Found\"}", "a JSON file")]
    [InlineData("[1, 2]", "a JSON file")]
    [InlineData(":020000040800F2\n", "an Intel HEX file")]
    [InlineData("-----BEGIN CERTIFICATE-----", "a PEM file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", "a pointer of Git LFS, and not the file itself")]
    [InlineData("# Name, Type, SubType\n", "text")]
    [InlineData("%PDF-1.7", "a PDF document")]
    public void Texts_are_called_by_their_kind(string text, string kind) => Assert.Equal(kind, ContentKind.Of(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("7F454C46010101", "an ELF file")]
    [InlineData("504B0304140000", "a zip archive")]
    [InlineData("1F8B0808000000", "a gzip archive")]
    [InlineData("377ABCAF271C00", "a 7z archive")]
    [InlineData("FD377A585A0000", "an xz archive")]
    [InlineData("5546320A57515D9E", "a UF2 file")]
    [InlineData("0000000000", "nothing but zeros")]
    [InlineData("A5A5A5A5A5", "nothing but 0xA5")]
    public void Files_are_called_by_their_kind(string hex, string kind) => Assert.Equal(kind, ContentKind.Of(System.Convert.FromHexString(hex)));

    [Fact]
    public void Table_is_called_one() =>
        Assert.Equal("a partition table", ContentKind.Of(LayoutSamples.Table("nvs,data,nvs,0x9000,24K")));

    [Fact]
    public void What_is_not_known_has_no_kind()
    {
        Assert.Null(ContentKind.Of([1, 2, 3, 0, 0, 7]));
        Assert.Null(ContentKind.Of([0xFF, 0xFF]));
        Assert.Null(ContentKind.Of(LayoutSamples.App(LayoutSamples.Esp32)));
    }

    [Fact]
    public void Noise_is_told_from_what_has_an_order()
    {
        Assert.All(Enumerable.Range(0, 200), seed => Assert.True(ContentKind.IsNoise(LayoutSamples.Noise(1024 + (16 * seed), seed))));
        Assert.False(ContentKind.IsNoise([.. Enumerable.Range(0, 4096).Select(i => (byte)i)]));
        Assert.False(ContentKind.IsNoise(new byte[4096]));
        Assert.False(ContentKind.IsNoise(LayoutSamples.Noise(200, 1)));
    }

    [Fact]
    public void Esp8266_image_has_a_short_header()
    {
        byte[] data = [.. Enumerable.Range(1, 24).Select(value => (byte)value)];
        byte sum = data.Aggregate((byte)0xEF, (before, value) => (byte)(before ^ value));
        byte[] image = [0xE9, 1, 2, 0x40, 0x10, 0, 0x10, 0x40, 0, 0, 0x10, 0x40, 24, 0, 0, 0, .. data, 0, 0, 0, 0, 0, 0, 0, sum];
        Assert.True(Esp8266Image.LooksLike(image));
        Assert.Equal("an image of the ESP8266", ContentKind.Of(image));

        image[20] ^= 1;
        Assert.False(Esp8266Image.LooksLike(image));
        Assert.False(Esp8266Image.LooksLike(LayoutSamples.App(LayoutSamples.Esp32)));
    }
}
