using System;
using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Makes the key of an NVS partition, at random or from an HMAC key, in a file that its owner alone can read.</summary>
[Cmdlet(VerbsCommon.New, "Esp32NvsKey", SupportsShouldProcess = true)]
[OutputType(typeof(NvsKeyFile))]
public sealed class NewEsp32NvsKeyCommand : KeyFileCmdlet
{
    /// <summary>The HMAC key to derive it from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <inheritdoc/>
    private protected override void Make(string path)
    {
        using NvsKey key = NvsKeyReader.Read(key: null, HmacKey, Paths) ?? NvsKey.Generate();
        if (!MayWrite(path, HmacKey is null ? "Write a new NVS key" : "Write the NVS key that the HMAC key gives"))
        {
            return;
        }

        WriteKey(path, key.ToFileBytes());
        WriteObject(new NvsKeyFile { Path = path, Fingerprint = key.Fingerprint });
    }
}
