using System;
using System.IO;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class StubImageTests
{
    private const string Good = "{\"entry\":1073905664,\"text\":\"AQIDBA==\",\"text_start\":1073905664,\"data\":\"BQYHCA==\",\"data_start\":1073405952,\"bss_start\":0}";

    [Fact]
    public void Stub_is_read()
    {
        StubImage stub = Read(Encoding.UTF8.GetBytes(Good));
        Assert.Equal([1, 2, 3, 4], stub.Text);
        Assert.Equal([5, 6, 7, 8], stub.Data);
        Assert.Equal(1073905664u, stub.Entry);
    }

    // Every byte of the file changed, and the rest of it missing: refused with the id, or still a stub, and never another error.
    [Fact]
    public void Damage_anywhere_is_refused_by_its_id()
    {
        byte[] good = Encoding.UTF8.GetBytes(Good);
        int refused = 0;
        for (int at = 0; at < good.Length; at++)
        {
            byte[] cut = new byte[at];
            Array.Copy(good, cut, at);
            refused += IsRefused(cut) ? 1 : 0;
            foreach (byte value in new byte[] { 0x00, 0xFF, (byte)'9', (byte)'"', (byte)'{' })
            {
                byte[] bad = (byte[])good.Clone();
                bad[at] = value;
                refused += IsRefused(bad) ? 1 : 0;
            }
        }

        Assert.InRange(refused, 2 * good.Length, int.MaxValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"entry\":1,\"text\":\"\"}")]
    [InlineData("{\"entry\":0,\"text\":\"AQIDBA==\"}")]
    [InlineData("{\"entry\":-1,\"text\":\"AQIDBA==\"}")]
    [InlineData("{\"entry\":99999999999999999999,\"text\":\"AQIDBA==\"}")]
    [InlineData("{\"entry\":1,\"text\":\"not base64\"}")]
    public void File_that_holds_no_stub_is_refused(string text) => Assert.True(IsRefused(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_stub_that_a_program_holds_cannot_be_read_and_is_not_called_damaged()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream holder = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            LoaderException error = Assert.Throws<LoaderException>(() => StubStore.Read("esp32", path));
            Assert.Equal(ErrorCode.StubInvalid, error.Code);
            Assert.IsType<IOException>(error.InnerException);
            Assert.EndsWith($"cannot be read: {error.InnerException.Message}", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static StubImage Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return StubImage.Read("esp32", stream);
    }

    private static bool IsRefused(byte[] file)
    {
        try
        {
            Read(file);
            return false;
        }
        catch (LoaderException error) when (error.Code == ErrorCode.StubInvalid)
        {
            return true;
        }
    }
}
