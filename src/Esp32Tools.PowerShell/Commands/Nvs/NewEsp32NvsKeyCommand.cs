using System;
using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Makes the key of an NVS partition, at random or of an HMAC key, in a file that its owner alone can read.</summary>
[Cmdlet(VerbsCommon.New, "Esp32NvsKey", SupportsShouldProcess = true)]
[OutputType(typeof(NvsKeyFile))]
public sealed class NewEsp32NvsKeyCommand : Esp32Cmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The HMAC key to derive it from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>Replaces a file that exists. The key in it is gone then.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isOnlyItem = Path.Length == 1 && !MyInvocation.ExpectingInput;
        foreach (string path in Path)
        {
            Attempt(() => Make(Paths.Resolve(path)), isOnlyItem, path);
        }
    }

    private void Make(string path)
    {
        using NvsKey key = NvsKeyReader.Read(key: null, HmacKey, Paths) ?? NvsKey.Generate();
        OutputFile.RequireFree(path, Force);
        if (!ShouldProcess(path, HmacKey is null ? "Write a new NVS key" : "Write the NVS key that the HMAC key gives"))
        {
            return;
        }

        byte[] bytes = key.ToFileBytes();
        try
        {
            SecretFile.Write(path, bytes, Force);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }

        WriteObject(new NvsKeyFile { Path = path, Fingerprint = key.Fingerprint });
    }
}
