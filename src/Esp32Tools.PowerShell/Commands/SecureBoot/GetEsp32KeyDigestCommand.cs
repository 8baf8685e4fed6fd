using System.Management.Automation;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Gets the digest of a key, as eFuses hold it for secure boot v2.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32KeyDigest", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SigningKeyDigest))]
public sealed class GetEsp32KeyDigestCommand : PublicKeysCmdlet
{
    /// <summary>Length of the digest in bytes: 32, or 16 for the ESP32-C2.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateSet("16", "32")]
    public int Length { get; set; } = KeyDigests.UsualLength;

    private protected override void ProcessKey(SigningPublicKey key, string? file) => WriteObject(KeyDigests.Of(file, key, Length));
}
