using System;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>A key of one unit: the contents of its file, and the key that encrypts.</summary>
internal sealed class FactoryKey : IDisposable
{
    private FactoryKey(FactoryKeyScheme scheme, byte[] fileBytes, string? path = null)
    {
        FileBytes = fileBytes;
        Key = scheme == FactoryKeyScheme.Hmac ? NvsKey.FromHmac(fileBytes, path) : NvsKey.FromFile(fileBytes, path);
    }

    /// <summary>The key that encrypts.</summary>
    public NvsKey Key { get; }

    /// <summary>Contents of its file; cleared with the key.</summary>
    public byte[] FileBytes { get; }

    /// <summary>Makes a key from the system's cryptographic random generator.</summary>
    public static FactoryKey Generate(FactoryKeyScheme scheme)
    {
        if (scheme == FactoryKeyScheme.Xts)
        {
            using var made = NvsKey.Generate();
            return new FactoryKey(scheme, made.ToFileBytes());
        }

        using var hmac = NvsHmacKey.Generate();
        return new FactoryKey(scheme, hmac.ToBytes());
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
