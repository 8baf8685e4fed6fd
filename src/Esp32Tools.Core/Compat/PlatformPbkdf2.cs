using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>
/// The PBKDF2 of the platform. <see cref="Rfc2898DeriveBytes"/> of netstandard2.0 supports only SHA-1; the abilities of its later
/// forms are looked up once.
/// </summary>
internal sealed class PlatformPbkdf2
{
    private static readonly Type[] s_inputs = [typeof(byte[]), typeof(byte[]), typeof(int), typeof(HashAlgorithmName)];

    private readonly Derivation _derive;

    private PlatformPbkdf2(string name, int shortestSalt, Derivation derive)
    {
        Name = name;
        ShortestSalt = shortestSalt;
        _derive = derive;
    }

    private delegate byte[] Derivation(byte[] secret, byte[] salt, int iterations, HashAlgorithmName hash, int length);

    /// <summary>The platform's implementations that work here, the fastest first; empty where it has none.</summary>
    public static IReadOnlyList<PlatformPbkdf2> All { get; } = [.. Find().Where(way => way.Works())];

    /// <summary>Name of the implementation.</summary>
    public string Name { get; }

    /// <summary>Minimum length of the salt in bytes.</summary>
    public int ShortestSalt { get; }

    /// <inheritdoc cref="Pbkdf2.Derive"/>
    public byte[] Derive(HashAlgorithmName hash, byte[] secret, byte[] salt, int iterations, int length) =>
        _derive(secret, salt, iterations, hash, length);

    // A system may lack the algorithm that the method needs.
    private bool Works()
    {
        try
        {
            return Derive(HashAlgorithmName.SHA256, [1], new byte[ShortestSalt], 1, 1).Length == 1;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static IEnumerable<PlatformPbkdf2> Find()
    {
        Type type = typeof(Rfc2898DeriveBytes);

        // .NET 6 and later.
        if (type.GetMethod("Pbkdf2", [.. s_inputs, typeof(int)]) is MethodInfo method)
        {
            yield return new PlatformPbkdf2("method", shortestSalt: 0, (Derivation)Delegate.CreateDelegate(typeof(Derivation), method));
        }

        // .NET Framework 4.7.2 and .NET Core; both require eight bytes of salt.
        if (type.GetConstructor(s_inputs) is ConstructorInfo constructor)
        {
            yield return new PlatformPbkdf2("object", shortestSalt: 8, (secret, salt, iterations, hash, length) =>
            {
                using var derivation = (Rfc2898DeriveBytes)constructor.Invoke([secret, salt, iterations, hash]);
                return derivation.GetBytes(length);
            });
        }
    }
}
