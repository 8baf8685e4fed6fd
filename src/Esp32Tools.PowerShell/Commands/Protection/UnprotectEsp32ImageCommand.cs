using System.IO;
using System.Management.Automation;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>Decrypts data that was read from the flash of a chip.</summary>
[Cmdlet(VerbsSecurity.Unprotect, "Esp32Image", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class UnprotectEsp32ImageCommand : FlashCipherCmdlet
{
    private protected override string Action => "Decrypt";

    private protected override FileCare Care => FileCare.OwnerOnly;

    private protected override byte[] Transform(FlashCipher cipher, byte[] data, string file) => cipher.Decrypt(data, Address, file);
}
