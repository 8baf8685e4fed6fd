using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Decrypts NVS partitions.</summary>
[Cmdlet(VerbsSecurity.Unprotect, "Esp32Nvs", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Esp32NvsImage))]
public sealed class UnprotectEsp32NvsCommand : NvsChangeCmdlet
{
    private protected override bool NeedsKey => true;

    private protected override void ProcessImage(NvsContent source, string? file)
    {
        byte[] bytes = NvsCipher.Decrypt(source.Bytes, NvsKey!, source.ToString());
        if (NvsImage.Parse(bytes).LooksEncrypted)
        {
            throw source.Invalid(
                NvsImage.Parse(source.Bytes).LooksEncrypted ? "the data that the key decrypts is not NVS." : "it is not encrypted.",
                "Check that the key is the one of this unit, and that the partition is encrypted.");
        }

        Give(TargetOf(file), isChanged: false, $"Decrypt {source}", bytes, key: null);
    }
}
