using System;
using System.Security.Cryptography;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Factory;

/// <summary>A key of one unit: what its file holds, and what encrypts with it.</summary>
internal sealed class FactoryKey : IDisposable
{
    private FactoryKey(FactoryKeyScheme scheme, byte[] fileBytes, string? path = null)
    {
        FileBytes = fileBytes;
        Key = scheme == FactoryKeyScheme.Hmac ? NvsKey.FromHmac(fileBytes, path) : NvsKey.FromFile(fileBytes, path);
    }

    /// <summary>What encrypts.</summary>
    public NvsKey Key { get; }

    /// <summary>What a file of it holds; cleared with the key.</summary>
    public byte[] FileBytes { get; }

    /// <summary>Makes a key of the system's cryptographic random generator.</summary>
    public static FactoryKey Generate(FactoryKeyScheme scheme)
    {
        if (scheme == FactoryKeyScheme.Xts)
        {
            using var made = NvsKey.Generate();
            return new FactoryKey(scheme, made.ToFileBytes());
        }

        byte[] bytes = new byte[NvsKey.HmacKeyLength];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return new FactoryKey(scheme, bytes);
    }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyLength"/>,
    /// <see cref="ErrorCode.KeyFileInvalid"/>
    /// </exception>
    public static FactoryKey Read(FactoryKeyScheme scheme, string path) => new(scheme, InputFile.Read(path), path);

    /// <summary>Overwrites the key.</summary>
    public void Dispose()
    {
        Key.Dispose();
        Array.Clear(FileBytes, 0, FileBytes.Length);
    }
}
