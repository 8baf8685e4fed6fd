using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Compat;
using Xunit;

namespace Esp32Tools.Core.Tests.Compat;

public sealed class Pbkdf2Tests
{
    public static TheoryData<string> Hashes => ["SHA1", "SHA256", "SHA384", "SHA512"];

    // RFC 6070, section 2, and RFC 7914, section 11.
    [Theory]
    [InlineData("SHA1", "password", "salt", 1, "0C60C80F961F0E71F3A9B524AF6012062FE037A6")]
    [InlineData("SHA1", "password", "salt", 4096, "4B007901B765489ABEAD49D926F721D065A429C1")]
    [InlineData("SHA1", "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, "3D2EEC4FE41C849B80C8D83662C0E44A8B291A964CF2F07038")]
    [InlineData("SHA1", "pass\0word", "sa\0lt", 4096, "56FA6AA75548099DCC37D7F03425E0C3")]
    [InlineData("SHA256", "passwd", "salt", 1, "55AC046E56E3089FEC1691C22544B605F94185216DDE0465E68B9D57C20DACBC49CA9CCCF179B645991664B39D77EF317C71B845B1E30BD509112041D3A19783")]
    public void Key_is_that_of_the_standard(string hash, string secret, string salt, int iterations, string key) =>
        AssertAllDerive(Convert.FromHexString(key), new HashAlgorithmName(hash), Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(salt), iterations);

    [Theory]
    [MemberData(nameof(Hashes))]
    public void Platform_and_our_own_derive_the_same(string hash)
    {
        var random = new Random(hash.Length);
        foreach (int length in (int[])[1, 16, 20, 32, 33, 64, 65, 200])
        {
            byte[] secret = new byte[random.Next(1, 300)];
            byte[] salt = new byte[random.Next(1, 100)];
            random.NextBytes(secret);
            random.NextBytes(salt);
            int iterations = random.Next(1, 50);
            byte[] key = Pbkdf2.DeriveByHand(new HashAlgorithmName(hash), secret, salt, iterations, length);
            AssertAllDerive(key, new HashAlgorithmName(hash), secret, salt, iterations);
        }
    }

    [Fact]
    public void Platform_takes_the_shortest_salt_that_it_says_it_takes()
    {
        Assert.NotEmpty(PlatformPbkdf2.All);
        Assert.All(PlatformPbkdf2.All, way => Assert.Equal(
            Pbkdf2.DeriveByHand(HashAlgorithmName.SHA256, [1, 2], new byte[way.ShortestSalt], 3, 40),
            way.Derive(HashAlgorithmName.SHA256, [1, 2], new byte[way.ShortestSalt], 3, 40)));
    }

    private static void AssertAllDerive(byte[] key, HashAlgorithmName hash, byte[] secret, byte[] salt, int iterations)
    {
        Assert.Equal(key, Pbkdf2.DeriveByHand(hash, secret, salt, iterations, key.Length));
        Assert.Equal(key, Pbkdf2.Derive(hash, secret, salt, iterations, key.Length));
        Assert.All(PlatformPbkdf2.All.Where(way => salt.Length >= way.ShortestSalt), way => Assert.Equal(key, way.Derive(hash, secret, salt, iterations, key.Length)));
    }
}
