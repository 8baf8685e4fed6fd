using System;
using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Output;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Output;

/// <summary>
/// Watches the output of a chip, as lines with their time, until a pattern, a failure pattern or a timeout. The chip of
/// a session is restarted first, since a loader prints nothing, and the session is over unless it is to be kept.
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

    /// <summary>Time to watch, in seconds. With Until, its end is an error; without, it ends the watch. 0 means no limit.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(0.0, 1e6)]
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

    /// <summary>Takes the chip of a session back into the loader afterwards, so that the session can be used again.</summary>
    [Parameter]
    public SwitchParameter KeepSession { get; set; }

    private protected override void ProcessPort(DeviceArgument device)
    {
        using IDisposable? trace = Trace(device.Session);
        foreach (Esp32OutputLine line in Lines(device))
        {
            WriteObject(line);
        }
    }

    private IEnumerable<Esp32OutputLine> Lines(DeviceArgument device)
    {
        OutputOptions options = Options(device);
        Invocation.Operation!.Mac = device.Session?.KnownMac;

        if (KeepSession)
        {
            return SessionOutput.Watch(device.Session ?? throw NoSession(device.PortName), options, StopToken);
        }

        device.Session?.Close(LeaveMode.NoReset, StopToken);
        return OutputWatcher.Watch(device.PortName, options, StopToken);
    }

    private static Esp32Exception NoSession(string portName) => new(
        ErrorCode.SettingsConflict, $"{portName} is the name of a port: there is no session to keep.", "Connect first, and give the session.")
    { Target = portName };

    private OutputOptions Options(DeviceArgument device) => new()
    {
        BaudRate = BaudRate,
        Reset = Reset || device.Session is { IsClosed: false },
        Until = Patterns.Compile(Until),
        FailOn = Patterns.Compile(FailOn),
        Timeout = Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null,
        Warn = IsGiven(nameof(BaudRate)) ? WriteWarning : null,
    };
}
