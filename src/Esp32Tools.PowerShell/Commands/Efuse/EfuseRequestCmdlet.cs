using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A cmdlet that burns one kind of data: on devices at once, or later with the rest of a plan.</summary>
[Lifts(nameof(RefusalCatalog.EfuseBurn))]
public abstract class EfuseRequestCmdlet : Esp32DeviceCmdlet
{
    private protected const string PlanSet = "Plan";

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Plan to add this to, instead of burning it.</summary>
    [Parameter(ParameterSetName = PlanSet, Mandatory = true)]
    [ValidateNotNull]
    public Esp32EfusePlan? Plan { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as KeyReadable.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <summary>The burn that is requested.</summary>
    private protected abstract IEnumerable<EfuseRequest> GetRequests();

    /// <summary>Adds custom fields, if any, to the chip.</summary>
    private protected virtual EfuseSnapshot Extend(EfuseSnapshot snapshot) => snapshot;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Plan is null)
        {
            base.ProcessRecord();
            return;
        }

        Attempt(() => Plan.Add([.. GetRequests()]));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        if (EfuseBurning.Run(Invocation, device, GetRequests(), Allowed, Extend, StopToken) is { } result)
        {
            Emit(result);
        }
    }
}
