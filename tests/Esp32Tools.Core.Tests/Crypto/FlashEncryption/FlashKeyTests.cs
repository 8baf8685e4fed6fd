using System;
using System.Linq;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.FlashEncryption;

public sealed class FlashKeyTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(64)]
    public void Generated_keys_have_the_length_and_differ(int length)
    {
        using var one = FlashKey.Generate(length);
        using var other = FlashKey.Generate(length);

        Assert.Equal(length, one.Length);
        Assert.NotEqual(one.Reveal(), other.Reveal());
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(65)]
    public void Other_lengths_are_refused(int length)
    {
        Assert.Equal(ErrorCode.KeyLength, Assert.Throws<InputException>(() => FlashKey.Generate(length)).Code);
    }

    [Fact]
    public void Fingerprint_tells_keys_apart_and_nothing_else_shows()
    {
        using var key = new FlashKey([.. Enumerable.Range(0, 32).Select(value => (byte)value)], "unit.key");

        // First eight digits of SHA-256 of 00 01 .. 1F.
        Assert.Equal("630dcd29", key.Fingerprint);
        Assert.Equal("***", key.ToString());
    }

    [Fact]
    public void Disposed_key_is_gone()
    {
        var key = FlashKey.Generate(32);
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Reveal());
    }

    [Fact]
    public void Key_is_a_copy()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)7, 32)];
        using var key = new FlashKey(bytes);
        Array.Clear(bytes);

        Assert.Equal(7, key.Reveal()[0]);
    }
}
