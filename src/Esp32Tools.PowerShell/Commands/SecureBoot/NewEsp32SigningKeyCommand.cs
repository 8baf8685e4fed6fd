using System;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Makes a private key to sign images with, in a file that its owner alone can read.</summary>
[Cmdlet(VerbsCommon.New, "Esp32SigningKey", SupportsShouldProcess = true)]
[OutputType(typeof(SigningKeyDigest))]
public sealed class NewEsp32SigningKeyCommand : KeyFileCmdlet
{
    /// <summary>Kind of the key.</summary>
    [Parameter(Position = 1)]
    public SigningKeyType KeyType { get; set; }

    /// <summary>Passphrase to encrypt the file with.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <inheritdoc/>
    private protected override void Make(string path)
    {
        if (!MayWrite(path, $"Write a new private key of the kind {KeyType}"))
        {
            return;
        }

        using SigningKey key = SigningKey.Create(KeyType);

        // The form that every tool for these chips reads; encrypted keys exist as PKCS#8 only.
        WriteKey(path, Passphrase is null ? KeyPem.WriteTraditional(key) : KeyPem.WritePrivate(key, Passphrase));
        WriteObject(KeyDigests.Of(path, key.PublicKey));
    }
}
