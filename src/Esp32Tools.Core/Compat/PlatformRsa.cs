using System;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>The platform's RSA with PSS padding.</summary>
internal static class PlatformRsa
{
    // RSA.Create() of .NET Framework returns one without PSS; its RSACng, in System.Core, has it and is not part of netstandard2.0.
    private static readonly Type? s_cng = typeof(object).Assembly.GetName().Name == "mscorlib"
        ? Type.GetType("System.Security.Cryptography.RSACng, System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")
        : null;

    /// <summary>Creates an object to import a key into.</summary>
    public static RSA Create() => s_cng is null ? RSA.Create() : (RSA)Activator.CreateInstance(s_cng)!;

    /// <summary>Generates a key.</summary>
    /// <param name="bits">Length of the modulus in bits.</param>
    public static RSA Create(int bits)
    {
        if (s_cng is not null)
        {
            return (RSA)Activator.CreateInstance(s_cng, bits)!;
        }

        RSA rsa = RSA.Create();
        rsa.KeySize = bits;
        return rsa;
    }
}
