using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Efuse;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Gets eFuse fields as objects, of a device or of a dump.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Efuse", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32Efuse))]
public sealed class GetEsp32EfuseCommand : Esp32DeviceOrFileCmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Names of the fields; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EfuseNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The chip that a dump is of.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChipCompleter))]
    public string Chip { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        EfuseSnapshot snapshot = EfuseReader.Read(device.Loader, device.Chip, StopToken);
        EmitWanted([.. snapshot.Decode().Select(efuse => efuse with { PortName = device.PortName })], device.ToString());
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        EmitWanted(EfuseDump.Read(ChipCatalog.ByName(Chip), InputFile.Read(file)).Decode(), file);

    private void EmitWanted(IReadOnlyList<Esp32Efuse> efuses, string source)
    {
        foreach (Esp32Efuse efuse in efuses.Where(efuse => Wildcards.MatchAny(Name, efuse.Name)))
        {
            Emit(efuse);
        }

        foreach (string name in Name.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)
            && !efuses.Any(efuse => Wildcards.MatchAny([name], efuse.Name))))
        {
            WriteError(ErrorRecords.From(new EfuseException(
                ErrorCode.EfuseNotFound, $"{source} has no eFuse field '{name}'.", "List all fields to see their names.")
            { Target = name }));
        }
    }
}
