using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Signs images for secure boot.</summary>
[Cmdlet(VerbsCommon.Add, "Esp32ImageSignature", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class AddEsp32ImageSignatureCommand : FilesCmdlet, IDisposable
{
    private readonly OutputClaims _claims = new();
    private readonly List<SigningKey> _keys = [];
    private SigningPublicKey? _publicKey;
    private byte[] _signature = [];

    /// <summary>The file to write, or a folder.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The private keys to sign with, in PEM form.</summary>
    [Parameter]
    [KeyListTransformation]
    [ValidateNotNullOrEmpty]
    public KeyArgument[] Key { get; set; } = [];

    /// <summary>The public half of the key that made Signature, in PEM form.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? PublicKey { get; set; }

    /// <summary>File with a signature that was made elsewhere.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Signature { get; set; }

    /// <summary>Version of secure boot.</summary>
    [Parameter]
    public SecureBootVersion Version { get; set; } = SecureBootVersion.V2;

    /// <summary>Treatment of signatures that an image already has.</summary>
    [Parameter]
    public ExistingSignatures Existing { get; set; }

    /// <summary>Does not pad the image to a multiple of 4096 bytes.</summary>
    [Parameter]
    public SwitchParameter NoPadding { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passphrase of the private keys.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SigningKey key in _keys)
        {
            key.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(ReadKeys);
    }

    private protected override void ProcessFile(string file)
    {
        byte[] signed = Sign(InputFile.Read(file, StopToken), file);
        OutputPlace target = Paths.ResolveInto(Destination, System.IO.Path.GetFileName(file));
        target.RequireFree(_claims, Force);
        if (ShouldProcess(target.File, $"Write {file} with {Math.Max(1, _keys.Count)} more signatures"))
        {
            target.Write(_claims, Force, () => signed);
            WriteObject(new FileInfo(target.File));
        }
    }

    private void ReadKeys()
    {
        bool isElsewhere = PublicKey is not null && Signature is not null;
        if ((Key.Length > 0) == isElsewhere || (PublicKey is null) != (Signature is null))
        {
            throw new Esp32Exception(
                ErrorCode.SettingsConflict,
                "There is no key or signature to sign with, or more than one source.",
                "Give either private keys, or a signature that was made elsewhere together with its public key.");
        }

        if (Version == SecureBootVersion.V1 && Key.Length > 1)
        {
            throw new InputException(ErrorCode.SignatureLimit, "Secure boot v1 has one signature.", "Give one key.");
        }

        foreach (KeyArgument key in Key)
        {
            _keys.Add(KeyFiles.ReadPrivate(key, Paths, Passphrase));
        }

        if (isElsewhere)
        {
            _publicKey = KeyFiles.ReadPublic(PublicKey!, Paths, Passphrase);
            _signature = InputFile.Read(Paths.Resolve(Signature!), StopToken);
        }
    }

    private byte[] Sign(byte[] image, string file)
    {
        var options = new SigningOptions { Existing = Existing, Pad = !NoPadding };
        return (Version, _publicKey) switch
        {
            (SecureBootVersion.V1, null) => SecureBootV1.Sign(image, file, _keys.Single(), options),
            (SecureBootVersion.V1, _) => SecureBootV1.Attach(image, file, _publicKey, _signature, Signature!, options),
            (_, null) => SecureBootV2.Sign(image, file, _keys, options),
            _ => SecureBootV2.Attach(image, file, _publicKey, _signature, Signature!, options),
        };
    }
}
