using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.SecureBoot;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>
/// Enables secure boot permanently, in the vendor's order: from then on only signed code starts. Refuses when the
/// bootloader would not start. A second run resumes where the first was interrupted.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "Esp32SecureBoot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SecurityStep))]
[Lifts(nameof(RefusalCatalog.SecureBoot))]
public sealed class EnableEsp32SecureBootCommand : ProcedureCmdlet
{
    private readonly List<SecureBootDigest> _digests = [];
    private SecureBootV1Key? _v1Key;
    private FlashKey? _flashKey;
    private IReadOnlyList<FlashImage> _images = [];

    /// <summary>
    /// The keys to trust: PEM files, public or private, or digests of keys as files or bytes. For version 1 the private key, or
    /// the key derived from it.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true)]
    [KeyListTransformation]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 3)]
    public KeyArgument[] Digest { get; set; } = [];

    /// <summary>Version of secure boot; 1 is for the ESP32 alone.</summary>
    [Parameter]
    public SecureBootVersion Version { get; set; } = SecureBootVersion.V2;

    /// <summary>Signed images to write, in the forms of Write-Esp32Flash.</summary>
    [Parameter]
    [ImageTransformation]
    [ValidateNotNullOrEmpty]
    public ImageArgument[] Image { get; set; } = [];

    /// <summary>The flash encryption key of a chip that encrypts already: images are encrypted with it, and the flash is decrypted to be checked.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>Passphrase of the private keys.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Revokes the digest slots that stay empty.</summary>
    [Parameter]
    public SwitchParameter RevokeUnused { get; set; }

    /// <summary>Makes the ROM revoke a key at its first invalid signature.</summary>
    [Parameter]
    public SwitchParameter AggressiveRevoke { get; set; }

    /// <summary>State of the serial loader after the last step.</summary>
    [Parameter]
    public DownloadModeGoal DownloadMode { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as ReadProtectionLost.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    private protected override string Caption => "Enable secure boot: this cannot be undone";

    /// <summary>Clears the keys.</summary>
    public override void Dispose()
    {
        base.Dispose();
        _v1Key?.Dispose();
        _flashKey?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            ReadKeys();
            _flashKey = Key is null ? null : KeyReader.Read(Key, Paths);
            _images = ImageFiles.Read(Image, Paths).Images;
        });
    }

    /// <inheritdoc/>
    private protected override SecurityProcedure Plan(Esp32Device device) => SecureBootProcedure.Plan(
        device,
        new SecureBootOptions
        {
            Version = Version,
            Digests = _digests,
            Key = _v1Key,
            RevokeUnused = RevokeUnused,
            AggressiveRevoke = AggressiveRevoke,
            Images = _images,
            FlashKey = _flashKey,
            DownloadMode = DownloadMode,
            Allow = Allowed,
        },
        StopToken);

    private void ReadKeys()
    {
        if (Version == SecureBootVersion.V1 && Digest.Length > 1)
        {
            throw new Esp32Exception(ErrorCode.SettingsConflict, "Secure boot v1 has one key, and no place for a second.", "Give one private key.");
        }

        foreach (KeyArgument argument in Digest)
        {
            string name = argument.Name;
            if (Version == SecureBootVersion.V1)
            {
                _v1Key = KeyReader.Read(argument, Paths, (content, _) => SecureBootV1Key.Read(content, name, Passphrase, StopToken));
            }
            else
            {
                _digests.Add(KeyReader.Read(argument, Paths, (content, _) => SecureBootDigest.Read(content, name, Passphrase, StopToken)));
            }
        }
    }
}
