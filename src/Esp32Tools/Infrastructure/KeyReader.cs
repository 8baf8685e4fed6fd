using System;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.Security.FlashEncryption;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>Reads flash encryption keys, and leaves no copy behind.</summary>
internal static class KeyReader
{
    /// <summary>The key that an argument names.</summary>
    /// <exception cref="ImageException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyLength"/>
    /// </exception>
    public static FlashKey Read(KeyArgument argument, ProviderPaths paths) =>
        argument.Bytes is not null ? new FlashKey(argument.Bytes) : Read(paths.Resolve(argument.Path!));

    /// <summary>The key in a file of the file system.</summary>
    /// <exception cref="ImageException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.KeyLength"/>
    /// </exception>
    public static FlashKey Read(string path)
    {
        byte[] bytes = InputFile.Read(path);
        try
        {
            return new FlashKey(bytes, path);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
