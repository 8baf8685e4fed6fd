using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Reads all eFuses of a device into a dump, for its owner alone: a key that is readable is in it.</summary>
[Cmdlet(VerbsData.Export, "Esp32Efuse", SupportsShouldProcess = true)]
[OutputType(typeof(EfuseDumpFile))]
public sealed class ExportEsp32EfuseCommand : Esp32DeviceCmdlet
{
    private readonly OutputClaims _claims = new();
    private string _file = string.Empty;

    /// <summary>The file; wildcards are plain letters.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _file = Paths.Resolve(Path));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        _claims.RequireFree(_file, Force);
        if (!ShouldProcess(_file, $"Write the eFuses of {device}"))
        {
            return;
        }

        EfuseSnapshot snapshot = EfuseReader.Read(device, StopToken);
        _claims.Write(_file, Force, () => EfuseDump.Write(snapshot), FileCare.Secret);
        string[] keys = FindReadableKeys(snapshot);
        if (keys.Length > 0)
        {
            WriteWarning($"'{_file}' holds what {string.Join(", ", keys)} of {device} hold{(keys.Length == 1 ? "s" : string.Empty)}, which is not read protected. Treat the file as a key.");
        }

        Emit(new EfuseDumpFile
        {
            PortName = device.PortName,
            Chip = device.GetChip().Name,
            Revision = snapshot.Revision,
            Path = _file,
            ReadableKeys = new(keys),
        });
    }

    // Key blocks with readable content; a digest is public, but no key purpose of an ESP32 tells it apart.
    private static string[] FindReadableKeys(EfuseSnapshot snapshot) => [.. snapshot.Chip.Efuse.Blocks
        .Where(block => block.HasPurpose || snapshot.Chip.KeyPurposes.Any(purpose => purpose.Block == block.Name))
        .Where(block => snapshot.GetWords(block.Index).Any(word => word != 0))
        .Where(block => snapshot.GetPurpose(block.Index) is not { } number || !snapshot.Chip.KeyPurposes.Any(purpose => purpose.IsDigest && (ulong?)purpose.Id == number))
        .Select(block => block.Name)];
}
