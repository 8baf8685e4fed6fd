using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Gets eFuse fields of a device or a dump as objects.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Efuse", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32Efuse))]
public sealed class GetEsp32EfuseCommand : Esp32DeviceOrFileCmdlet
{
    private UserFieldTable? _ownFields;

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Names of the fields; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [NotAPort]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseNames))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Table of custom fields, in the form of ESP-IDF's esp_efuse_custom_table.csv; wildcards are plain letters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FieldTable { get; set; }

    /// <summary>The chip that a dump is of.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Chips))]
    public string Chip { get; set; } = string.Empty;

    /// <summary>The silicon revision of the chip that a dump is of, such as 3.1; left out, it is read from the dump, which on an ESP32 does not hold all of it.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [RevisionTransformation]
    public Version? Revision { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _ownFields = FieldTable is null ? null : FieldTableFile.Read(Paths.Resolve(FieldTable), StopToken));
    }

    /// <inheritdoc/>
    private protected override string? NeededForFiles => nameof(Chip);

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        EfuseSnapshot snapshot = WithOwnFields(EfuseReader.Read(device, StopToken));
        EmitWanted(snapshot, device.PortName, device.ToString());
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        EmitWanted(WithOwnFields(EfuseDumpInput.Read(file, Chip, Revision, StopToken)), portName: null, file);

    private EfuseSnapshot WithOwnFields(EfuseSnapshot snapshot)
    {
        if (_ownFields is null)
        {
            return snapshot;
        }

        EfuseSnapshot extended = _ownFields.AddTo(snapshot);
        foreach (string shared in _ownFields.DescribeShared(snapshot))
        {
            WriteVerbose(shared);
        }

        return extended;
    }

    private void EmitWanted(EfuseSnapshot snapshot, string? portName, string source)
    {
        IReadOnlyList<Esp32Efuse> efuses = snapshot.Decode();

        // Other names of a field match too, but only without wildcards.
        var wanted = new WantedNames(Name.Select(name => snapshot.Table.Find(name)?.Name ?? name));
        foreach (Esp32Efuse efuse in efuses.Where(efuse => wanted.Match(efuse.Name)))
        {
            // A custom address may share its block with other data of the user, which then looks damaged.
            if (efuse.IsIntact == false && efuse.Name == snapshot.Table.Find(EfuseRole.FactoryMac)?.Name)
            {
                WriteWarning($"{source}: the address {efuse.Text} in {efuse.Name} is not intact. The chip is damaged, or was not read right: read it again.");
            }

            Emit(efuse with { PortName = portName });
        }

        foreach (string name in wanted.Missing)
        {
            WriteError(ErrorRecords.From(new EfuseException(
                ErrorCode.EfuseNotFound, $"{source} has no eFuse field '{name}'.", "List all fields to see their names.")
            { Target = name }));
        }
    }
}
