using System.IO;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class StubImageTests
{
    private const string Whole = """{"entry":1074521580,"text":"CAD0PxwA9D8=","text_start":1074520064,"data":"CMD8Pw==","data_start":1073605544,"bss_start":1073528832}""";

    [Fact]
    public void A_stub_has_its_parts_and_its_entry()
    {
        StubImage stub = Read(Encoding.UTF8.GetBytes(Whole));
        Assert.Equal(8, stub.Text.Length);
        Assert.Equal(4, stub.Data.Length);
        Assert.Equal(0x400B_E5ECu, stub.Entry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\u0000-5")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\u00E9")]
    [InlineData("{\"entry\":1}")]
    [InlineData("{\"entry\":1,\"text\":\"!\"}")]
    public void What_is_no_stub_is_a_damaged_one(string text) =>
        Assert.Equal(ErrorCode.StubInvalid, Assert.Throws<LoaderException>(() => Read(Encoding.UTF8.GetBytes(text))).Code);

    [Theory]
    [InlineData(0x7B)]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void A_single_byte_is_a_damaged_stub(byte value) =>
        Assert.Equal(ErrorCode.StubInvalid, Assert.Throws<LoaderException>(() => Read([value])).Code);

    private static StubImage Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return StubImage.Read("test", stream);
    }
}
