using System.Management.Automation;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>A cmdlet that takes devices, one after the other. What it does with each is its own business.</summary>
public abstract class Esp32PortCmdlet : Esp32Cmdlet
{
    private bool _areNamed;

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public virtual DeviceArgument[] Device { get; set; } = [];

    // One device on the command line is all there is to do; devices from the pipeline are items of many.
    private bool IsOnlyDevice => Device.Length == 1 && _areNamed;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _areNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Device));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (DeviceArgument device in Device)
        {
            Attempt(() => ProcessPort(device), IsOnlyDevice, device.PortName);
        }
    }

    /// <summary>Does the work for one of them.</summary>
    private protected abstract void ProcessPort(DeviceArgument device);
}
