using System;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Makes a private key to sign images with, in a file that its owner alone can read.</summary>
[Cmdlet(VerbsCommon.New, "Esp32SigningKey", SupportsShouldProcess = true)]
[OutputType(typeof(SigningKeyDigest))]
public sealed class NewEsp32SigningKeyCommand : Esp32Cmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Kind of the key.</summary>
    [Parameter(Position = 1)]
    public SigningKeyType KeyType { get; set; }

    /// <summary>What to encrypt the file with.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Replaces a file that exists. The key in it is gone then.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isOnlyItem = Path.Length == 1 && !MyInvocation.ExpectingInput;
        foreach (string path in Path)
        {
            Attempt(() => Make(Paths.Resolve(path)), isOnlyItem, path);
        }
    }

    private void Make(string path)
    {
        OutputFile.RequireFree(path, Force);
        if (!ShouldProcess(path, $"Write a new private key of the kind {KeyType}"))
        {
            return;
        }

        using SigningKey key = SigningKey.Create(KeyType);

        // The form that every tool for these chips reads, but for encrypted keys, which have PKCS#8 alone.
        byte[] file = Passphrase is null ? KeyPem.WriteTraditional(key) : KeyPem.WritePrivate(key, Passphrase);
        try
        {
            SecretFile.Write(path, file, Force);
        }
        finally
        {
            Array.Clear(file, 0, file.Length);
        }

        WriteObject(KeyDigests.Of(path, key.PublicKey));
    }
}
