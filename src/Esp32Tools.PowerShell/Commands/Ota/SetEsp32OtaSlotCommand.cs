using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.PowerShell.Commands.Partition;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>Chooses the application that boots, or goes back to the one before.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32OtaSlot", SupportsShouldProcess = true, DefaultParameterSetName = SlotSet)]
[OutputType(typeof(OtaSwitchResult))]
[Lifts(nameof(RefusalCatalog.OtaSwitch))]
public sealed class SetEsp32OtaSlotCommand : PartitionDeviceCmdlet
{
    private const string SlotSet = "Slot";
    private const string RollbackSet = "Rollback";

    /// <summary>The slot: its number, the name of its partition, or its subtype.</summary>
    [Parameter(ParameterSetName = SlotSet, Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(Words.OtaSlots))]
    [ValidateNotNullOrEmpty]
    public string Slot { get; set; } = string.Empty;

    /// <summary>Marks the application chosen last as failed, so that the one before boots.</summary>
    [Parameter(ParameterSetName = RollbackSet, Mandatory = true)]
    public SwitchParameter Rollback { get; set; }

    /// <summary>Has a bootloader with rollback boot it on trial: the application must confirm that it works.</summary>
    [Parameter(ParameterSetName = SlotSet)]
    public SwitchParameter OnTrial { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as ImageInvalid.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        if (OtaSwitching.Run(this, device, TableOffset, cipher, Change, Allowed, StopToken) is { } result)
        {
            Emit(result);
        }
    }

    private OtaChange Change(OtaData data, OtaLayout layout) => ParameterSetName == RollbackSet
        ? OtaSwitch.Back(data, layout)
        : OtaSwitch.To(data, layout, layout.Find(Slot), OnTrial);
}
