using System;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Crypto.Keys;

/// <summary>An RSA-3072 private key. It signs with PSS and a salt of 32 bytes.</summary>
public sealed class RsaSigningKey : SigningKey
{
    private readonly RsaPublicKey _publicKey;
    private readonly RSAParameters _parameters;

    private RsaSigningKey(RsaPublicKey publicKey, RSAParameters parameters)
    {
        _publicKey = publicKey;
        _parameters = parameters;
    }

    /// <inheritdoc/>
    public override SigningPublicKey PublicKey => _publicKey;

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The parts of the key do not match.</exception>
    public override byte[] Sign(byte[] digest)
    {
        using RSA rsa = PlatformRsa.Create();
        rsa.ImportParameters(_parameters);
        return rsa.SignHash(digest, _publicKey.HashAlgorithm, RSASignaturePadding.Pss);
    }

    internal static RsaSigningKey Create()
    {
        using RSA rsa = PlatformRsa.Create(8 * RsaPublicKey.Size);
        RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: true);
        return new RsaSigningKey(RsaPublicKey.From(parameters.Modulus!, parameters.Exponent!)!, parameters);
    }

    /// <summary>Takes the numbers of RSAPrivateKey (RFC 8017, A.1.2); null when one does not fit its field.</summary>
    internal static RsaSigningKey? From(RsaPublicKey publicKey, byte[] d, byte[] p, byte[] q, byte[] dp, byte[] dq, byte[] inverse)
    {
        const int Half = RsaPublicKey.Size / 2;
        RSAParameters parameters = publicKey.Parameters();
        parameters.D = BigEndian.Fit(d, RsaPublicKey.Size);
        parameters.P = BigEndian.Fit(p, Half);
        parameters.Q = BigEndian.Fit(q, Half);
        parameters.DP = BigEndian.Fit(dp, Half);
        parameters.DQ = BigEndian.Fit(dq, Half);
        parameters.InverseQ = BigEndian.Fit(inverse, Half);
        bool fits = parameters is { D: not null, P: not null, Q: not null, DP: not null, DQ: not null, InverseQ: not null };
        return fits ? new RsaSigningKey(publicKey, parameters) : null;
    }

    internal override byte[] ToTraditional() => DerWriter.Sequence(
        DerWriter.Number(0),
        DerWriter.Number(_parameters.Modulus!),
        DerWriter.Number(_parameters.Exponent!),
        DerWriter.Number(_parameters.D!),
        DerWriter.Number(_parameters.P!),
        DerWriter.Number(_parameters.Q!),
        DerWriter.Number(_parameters.DP!),
        DerWriter.Number(_parameters.DQ!),
        DerWriter.Number(_parameters.InverseQ!));

    internal override byte[] ToPkcs8()
    {
        byte[] key = ToTraditional();
        byte[] encoded = DerWriter.Sequence(DerWriter.Number(0), RsaPublicKey.AlgorithmIdentifier(), DerWriter.Octets(key));
        Array.Clear(key, 0, key.Length);
        return encoded;
    }

    private protected override void Clear()
    {
        foreach (byte[]? part in new[] { _parameters.D, _parameters.P, _parameters.Q, _parameters.DP, _parameters.DQ, _parameters.InverseQ })
        {
            Array.Clear(part!, 0, part!.Length);
        }
    }
}
