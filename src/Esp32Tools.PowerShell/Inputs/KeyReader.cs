using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads keys, and leaves no copy behind.</summary>
internal static class KeyReader
{
    /// <summary>The flash encryption key that an argument names.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyLength"/>
    /// </exception>
    public static FlashKey Read(KeyArgument argument, ProviderPaths paths) => Read(argument, paths, (bytes, name) => new FlashKey(bytes, name));

    /// <summary>The flash encryption key in a file of the file system.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyLength"/>
    /// </exception>
    public static FlashKey Read(string path, CancellationToken stopToken) => Read(path, (bytes, name) => new FlashKey(bytes, name), stopToken);

    /// <summary>The key of any kind that an argument names.</summary>
    /// <typeparam name="T">Kind of key.</typeparam>
    /// <param name="argument">The argument.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    /// <param name="make">Makes the key from its bytes, which it copies, and the path of the file, if there is one.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyAsText"/>, and what making the key throws.
    /// </exception>
    public static T Read<T>(KeyArgument argument, ProviderPaths paths, Func<byte[], string?, T> make) =>
        argument.Refusal is { } refusal ? throw refusal
        : argument.Bytes is not null ? make(argument.Bytes, null)
        : Read(paths.Resolve(argument.Path!), make, paths.StopToken);

    /// <summary>The arguments for each file that an argument names, where wildcards are taken; itself when it names none.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.ValueInvalid"/></exception>
    public static IEnumerable<KeyArgument> Expand(KeyArgument argument, bool isLiteral, ProviderPaths paths) =>
        argument.Path is null ? [argument] : paths.ResolveAll(argument.Path, isLiteral || argument.IsLiteral).Select(path => new KeyArgument(path) { IsLiteral = true });

    private static T Read<T>(string path, Func<byte[], string?, T> make, CancellationToken stopToken)
    {
        byte[] bytes = InputFile.Read(path, stopToken);
        try
        {
            return make(bytes, path);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
