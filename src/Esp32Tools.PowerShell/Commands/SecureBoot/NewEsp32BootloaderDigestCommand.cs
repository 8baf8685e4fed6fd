using System;
using System.IO;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Protection.SecureBoot;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Makes the file by which the ROM of an ESP32 checks its bootloader in secure boot v1; it goes to flash address 0.</summary>
[Cmdlet(VerbsCommon.New, "Esp32BootloaderDigest", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class NewEsp32BootloaderDigestCommand : FilesCmdlet, IDisposable
{
    private const uint Address = 0;

    private readonly OutputClaims _claims = new();
    private SecureBootV1Key? _key;

    /// <summary>The file to write, or an existing folder.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The secure boot key: a private key on P-256 in PEM, or the key itself, as a file or as bytes.</summary>
    [Parameter(Mandatory = true)]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Key { get; set; } = null!;

    /// <summary>Passphrase of a private key.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Length of the key in the chip, in bytes: 24 under the 3/4 coding scheme.</summary>
    [Parameter]
    [ValidateSet("24", "32")]
    public int KeyLength { get; set; }

    /// <summary>The 128 random bytes that the file begins with; new ones when they are left out.</summary>
    [Parameter]
    [ValidateCount(BootloaderDigest.RandomSize, BootloaderDigest.RandomSize)]
    public byte[]? InitializationVector { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => _key?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = KeyReader.Read(Key, Paths, (bytes, name) => SecureBootV1Key.Read(bytes, KeyArgument.NameOf(name), Passphrase, StopToken)));
    }

    /// <inheritdoc/>
    private protected override void ProcessFile(string file)
    {
        byte[] image = InputFile.Read(file, StopToken);
        SecureBootV1Key key = _key!;
        byte[] digest = key.MakeDigest(image, file, KeyLength == 0 ? key.Length : KeyLength, InitializationVector);
        OutputPlace target = Paths.ResolveInto(Destination, System.IO.Path.GetFileName(file));
        target.RequireFree(_claims, Force);
        if (ShouldProcess(target.File, $"Write the secure boot v1 digest of {file}, with the bootloader"))
        {
            target.Write(_claims, Force, () => digest);
            WriteObject(PlacedFile.Of(target.File, Address));
        }
    }
}
