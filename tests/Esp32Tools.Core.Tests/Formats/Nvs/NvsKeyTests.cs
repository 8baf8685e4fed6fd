using System;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

public sealed class NvsKeyTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, NvsKey.Length).Select(i => (byte)i)];
    private static readonly byte[] s_hmacKey = [.. Enumerable.Range(0, NvsKey.HmacKeyLength).Select(i => (byte)i)];

    [Fact]
    public void File_ends_with_the_crc_of_the_key()
    {
        using var key = NvsKey.FromFile(s_key);
        byte[] file = key.ToFileBytes();
        Assert.Equal(0x1000, file.Length);
        Assert.Equal(s_key, file[..64]);
        Assert.Equal([0x45, 0x52, 0x7C, 0x9A], file[64..68]);
        Assert.All(file[68..], octet => Assert.Equal(0xFF, octet));

        using var again = NvsKey.FromFile(file);
        Assert.Equal(file, again.ToFileBytes());
        Assert.Equal(key.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public void Key_is_derived_as_the_chip_does()
    {
        using var key = NvsKey.FromHmac(s_hmacKey);
        string expected = "813a141220ddb819f4d73d59fa3032ab9f592cc26a18cf1fde692f712b6a025c"
            + "b20ad6b6ddd1658a6e14d1b5b726e42356adf4ff2f68fcd8826ac2908408addf";
        Assert.Equal(expected, Convert.ToHexStringLower(key.ToFileBytes()[..64]));
    }

    [Fact]
    public void Derived_key_file_is_that_of_the_reference()
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        using var key = NvsKey.FromHmac(NvsVectors.Read("files/hmac.bin"));
        Assert.Equal(NvsVectors.Read("files/derived-from-hmac.bin"), key.ToFileBytes());
    }

    [Fact]
    public void Entry_is_encrypted_for_its_address()
    {
        using var key = NvsKey.FromFile(s_key);
        byte[] plain = NvsSamples.Image();
        byte[] encrypted = NvsCipher.Encrypt(plain, key);
        Assert.Equal("16f4a33e96c7b9e432ad9d478a048b1352f886eabd5d12a2f4f453aa926c86e4", Convert.ToHexStringLower(encrypted[0x40..0x60]));
        Assert.Equal(plain[..0x40], encrypted[..0x40]);
        Assert.Equal(plain[0x200..], encrypted[0x200..]);
        Assert.Equal(plain, NvsCipher.Decrypt(encrypted, key));
    }

    [Fact]
    public void Value_of_FF_alone_is_encrypted_all_the_same()
    {
        var builder = new NvsImageBuilder(0x1000);
        builder.Add(NvsItem.Of("ns", "blank", Enumerable.Repeat((byte)0xFF, 64).ToArray()));
        byte[] plain = builder.ToBytes();
        using var key = NvsKey.Generate();
        byte[] encrypted = NvsCipher.Encrypt(plain, key);
        Assert.DoesNotContain(Enumerable.Range(0, 5), entry => encrypted.Skip(64 + (32 * entry)).Take(32).All(octet => octet == 0xFF));
        Assert.Equal(plain, NvsCipher.Decrypt(encrypted, key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(4095)]
    public void Key_of_another_length_is_refused(int length) =>
        Assert.Equal(ErrorCode.KeyLength, Assert.Throws<InputException>(() => NvsKey.FromFile(new byte[length], "k.bin")).Code);

    [Fact]
    public void Damaged_and_blank_key_files_are_refused()
    {
        using var key = NvsKey.Generate();
        byte[] file = key.ToFileBytes();
        file[10] ^= 1;
        Assert.Equal(ErrorCode.KeyFileInvalid, Assert.Throws<InputException>(() => NvsKey.FromFile(file)).Code);
        InputException blank = Assert.Throws<InputException>(() => NvsKey.FromFile([.. Enumerable.Repeat((byte)0xFF, 0x1000)]));
        Assert.Contains("blank", blank.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.KeyLength, Assert.Throws<InputException>(() => NvsKey.FromHmac(new byte[31])).Code);
    }

    [Fact]
    public void Key_shows_nothing_and_is_gone_when_disposed()
    {
        var key = NvsKey.Generate();
        Assert.Equal("***", key.ToString());
        using var other = NvsKey.Generate();
        Assert.NotEqual(other.Fingerprint, key.Fingerprint);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(key.ToFileBytes);
    }
}
