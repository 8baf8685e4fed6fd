using System.Linq;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>Files with external signatures, for example from an HSM.</summary>
internal static class SignatureFile
{
    /// <summary>
    /// Reads a signature: RSA 384 bytes; ECDSA as DER (ECDSA-Sig-Value of RFC 3279), or r and s, each as long as a coordinate.
    /// </summary>
    /// <exception cref="InputException"><see cref="ErrorCode.SignatureInvalid"/></exception>
    public static byte[] Read(byte[] file, string name, SigningPublicKey key)
    {
        byte[]? signature = key is EcPublicKey ec ? ReadEcdsa(file, ec.Curve.Size) : file.Length == RsaPublicKey.Size ? file : null;
        return signature ?? throw new InputException(
            ErrorCode.SignatureInvalid,
            $"'{name}' ({file.Length} bytes) holds no signature of a key of type {key.Type}.",
            "Give an RSA signature as its 384 bytes, an ECDSA signature as DER, or as r and s.")
        { Target = name };
    }

    private static byte[]? ReadEcdsa(byte[] file, int size)
    {
        try
        {
            var whole = new DerReader(file);
            DerReader numbers = whole.Enter();
            byte[]? r = BigEndian.Fit(numbers.Number(), size);
            byte[]? s = BigEndian.Fit(numbers.Number(), size);
            numbers.RequireEnd();
            whole.RequireEnd();
            return r is null || s is null ? null : [.. r, .. s];
        }
        catch (DerException)
        {
            return file.Length == 2 * size ? file.ToArray() : null;
        }
    }
}
