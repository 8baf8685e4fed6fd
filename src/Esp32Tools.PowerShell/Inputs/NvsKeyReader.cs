using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads keys of NVS partitions, and leaves no copy behind.</summary>
internal static class NvsKeyReader
{
    /// <summary>The key that arguments name; null when there are none.</summary>
    /// <param name="key">The key itself.</param>
    /// <param name="hmacKey">The HMAC key that it is derived from.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.SettingsConflict"/>, <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>,
    /// <see cref="ErrorCode.KeyLength"/>, <see cref="ErrorCode.KeyFileInvalid"/>
    /// </exception>
    public static NvsKey? Read(KeyArgument? key, KeyArgument? hmacKey, ProviderPaths paths)
    {
        if (key is not null && hmacKey is not null)
        {
            throw new Esp32Exception(
                ErrorCode.SettingsConflict, "Both a key and an HMAC key are given.", "Give one of the two.");
        }

        return key is not null ? KeyReader.Read(key, paths, NvsKey.FromFile)
            : hmacKey is not null ? KeyReader.Read(hmacKey, paths, NvsKey.FromHmac)
            : null;
    }
}
