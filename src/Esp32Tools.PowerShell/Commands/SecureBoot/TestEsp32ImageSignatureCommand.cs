using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Tests whether images were signed with a key and are unchanged since then.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Esp32ImageSignature", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SignatureCheck))]
public sealed class TestEsp32ImageSignatureCommand : FilesCmdlet
{
    private readonly List<(SigningPublicKey Key, string Name)> _keys = [];

    /// <summary>The keys in PEM form, public or private.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [KeyListTransformation]
    [ValidateNotNullOrEmpty]
    public KeyArgument[] Key { get; set; } = [];

    /// <summary>Version of secure boot.</summary>
    [Parameter]
    public SecureBootVersion Version { get; set; } = SecureBootVersion.V2;

    /// <summary>Also accepts images whose length is not a multiple of 4096 bytes.</summary>
    [Parameter]
    public SwitchParameter NoPadding { get; set; }

    /// <summary>Passphrase of the private keys.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _keys.AddRange(Key.Select(key => (KeyFiles.ReadPublic(key, Paths, Passphrase), key.Path is { } path ? Paths.Resolve(path) : key.Name))));
    }

    private protected override void ProcessFile(string file)
    {
        byte[] image = InputFile.Read(file, StopToken);
        foreach ((SigningPublicKey key, string name) in _keys)
        {
            WriteObject(SignatureCheck.Run(image, file, key, name, Version, NoPadding));
        }
    }
}
