using System.Management.Automation;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>The NVS partitions that a cmdlet makes: each an object, and a file if one is asked for.</summary>
/// <param name="cmdlet">The cmdlet, which asks and writes the objects.</param>
internal sealed class NvsOutput(Cmdlet cmdlet)
{
    private readonly OutputClaims _claims = new();

    /// <summary>Writes the file, if one is asked for, and the object.</summary>
    /// <param name="target">The file; null for none.</param>
    /// <param name="isForced">True to replace a file that exists.</param>
    /// <param name="isChanged">True when the file exists and the bytes are its changed content.</param>
    /// <param name="action">The action, for the confirmation.</param>
    /// <param name="bytes">The partition.</param>
    /// <param name="key">The key that it is encrypted with; null for a plain one.</param>
    public void Give(OutputPlace? target, bool isForced, bool isChanged, string action, byte[] bytes, NvsKey? key)
    {
        if (target is not null)
        {
            target.RequireFree(_claims, isForced || isChanged);
            if (!cmdlet.ShouldProcess(target.File, action))
            {
                return;
            }

            // A file of plain-text values is readable by its owner alone; a changed file keeps its permissions.
            target.Write(_claims, isForced || isChanged, () => bytes, key is not null || isChanged ? FileCare.None : FileCare.OwnerOnly);
        }

        cmdlet.WriteObject(new Esp32NvsImage(bytes)
        {
            Path = target?.File,
            Encrypted = key is not null,
            KeyFingerprint = key?.Fingerprint,
        });
    }
}
