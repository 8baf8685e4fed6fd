using System.Linq;
using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A cmdlet that burns one kind of thing: on devices at once, or later with the rest of a plan.</summary>
public abstract class EfuseRequestCmdlet : EfuseBurnCmdlet
{
    private protected const string DeviceSet = "Device";
    private protected const string PlanSet = "Plan";

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Plan to add this to, in place of burning it.</summary>
    [Parameter(ParameterSetName = PlanSet, Mandatory = true)]
    [ValidateNotNull]
    public virtual Esp32EfusePlan? Plan { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = DeviceSet)]
    [ArgumentCompleter(typeof(EfuseRefusalCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[] Force { get; set; } = [];

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
}
