using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>
/// What a key is told apart by wherever it is shown: the first eight hexadecimal digits of the SHA-256 of its bytes. A key that
/// is random cannot be found from it: 32 of its bits leave so many keys that fit that trying is of no use. It says too much of
/// anything that can be guessed.
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
