using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Reads keys in PEM form.</summary>
internal static class KeyFiles
{
    /// <summary>The public half of a key.</summary>
    /// <exception cref="Esp32Exception">As for <see cref="KeyReader"/> and <see cref="KeyPem.ReadPublic"/>.</exception>
    public static SigningPublicKey ReadPublic(KeyArgument key, ProviderPaths paths, SecureString? passphrase) =>
        KeyReader.Read(key, paths, (content, path) => KeyPem.ReadPublic(content, KeyArgument.NameOf(path), passphrase, paths.StopToken));

    /// <summary>A private key.</summary>
    /// <exception cref="Esp32Exception">As for <see cref="KeyReader"/> and <see cref="KeyPem.ReadPrivate"/>.</exception>
    public static SigningKey ReadPrivate(KeyArgument key, ProviderPaths paths, SecureString? passphrase) =>
        KeyReader.Read(key, paths, (content, path) => KeyPem.ReadPrivate(content, KeyArgument.NameOf(path), passphrase, paths.StopToken));
}
