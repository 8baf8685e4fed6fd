using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Encrypts NVS partitions as firmware with the key does.</summary>
[Cmdlet(VerbsSecurity.Protect, "Esp32Nvs", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Esp32NvsImage))]
public sealed class ProtectEsp32NvsCommand : NvsChangeCmdlet
{
    private protected override bool NeedsKey => true;

    private protected override void ProcessImage(NvsContent source, string? file)
    {
        if (NvsImage.Parse(source.Bytes).LooksEncrypted)
        {
            throw source.Invalid("none of its entries is intact: it is encrypted already.", "Encrypt a plain partition.");
        }

        byte[] bytes = NvsCipher.Encrypt(source.Bytes, NvsKey!, source.ToString());
        Give(TargetOf(file), isChanged: false, $"Encrypt {source}", bytes, NvsKey);
    }
}
