using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Output;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Output;

/// <summary>
/// Watches the output of a chip, as lines with their time, until a pattern, a failure pattern or a timeout. A session is
/// ended first and its chip restarted, since a loader prints nothing.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "Esp32Output")]
[OutputType(typeof(Esp32OutputLine))]
public sealed class WatchEsp32OutputCommand : Esp32PortCmdlet
{
    /// <summary>Regular expressions; a line that one of them matches ends the watch. Case does not matter.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Until { get; set; } = [];

    /// <summary>Regular expressions; a line that one of them matches is an error. Case does not matter.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] FailOn { get; set; } = [];

    /// <summary>Time to watch, in seconds. With Until, its end is an error; without, it ends the watch.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(0.001, 1e6)]
    public double Timeout { get; set; }

    /// <summary>Restarts the chip into its application first, so that its first line is seen.</summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    /// <summary>Baud rate of the output.</summary>
    [Parameter]
    [Alias("Baud")]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(Words.BaudRates))]
    public int BaudRate { get; set; } = OutputOptions.DefaultBaudRate;

    private protected override void ProcessPort(DeviceArgument device)
    {
        OutputOptions options = Options(device);
        device.Session?.Close(LeaveMode.NoReset, StopToken);
        foreach (Esp32OutputLine line in OutputWatcher.Watch(device.PortName, options, StopToken))
        {
            WriteObject(line);
        }
    }

    private OutputOptions Options(DeviceArgument device) => new()
    {
        BaudRate = BaudRate,
        Reset = Reset || device.Session is { IsClosed: false },
        Until = Patterns.Compile(Until),
        FailOn = Patterns.Compile(FailOn),
        Timeout = Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null,
    };
}
