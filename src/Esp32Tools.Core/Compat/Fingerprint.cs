using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>
/// The short name of a key wherever it is shown: the first eight hexadecimal digits of the SHA-256 of its bytes. It does not
/// reveal a random key: its 32 bits match far too many keys for a search. It reveals too much about
/// a value that can be guessed.
/// </summary>
internal static class Fingerprint
{
    private const int Octets = 4;

    public static string Of(byte[] key)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(key).Take(Octets).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
