using System.IO;
using System.Management.Automation;
using Esp32Tools.Crypto.FlashEncryption;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>Encrypts image files as a chip with the key does.</summary>
[Cmdlet(VerbsSecurity.Protect, "Esp32Image", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ProtectEsp32ImageCommand : FlashCipherCmdlet
{
    private protected override string Action => "Encrypt";

    private protected override byte[] Transform(FlashCipher cipher, byte[] data, string file) => cipher.Encrypt(data, Address, file);
}
