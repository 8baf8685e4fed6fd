using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Protection.State;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>Gets the protections of a device, the gaps in them, and the faults of its setup.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32SecurityState", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32SecurityState))]
public sealed class GetEsp32SecurityStateCommand : Esp32DeviceOrFileCmdlet
{
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
    private protected override string? NeededForFiles => nameof(Chip);

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device) => Emit(SecurityAudit.Read(device, StopToken));

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        Emit(SecurityAudit.Examine(EfuseDumpInput.Read(file, Chip, Revision, StopToken)) with { Path = file });
}
