using System;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Devices.Output;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Loads a program into the RAM of a chip and runs it; flash is not touched. A session ends with the start.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Esp32RamImage", SupportsShouldProcess = true)]
[OutputType(typeof(RamImageResult))]
public sealed class InvokeEsp32RamImageCommand : Esp32DeviceCmdlet
{
    private byte[] _image = [];

    /// <summary>The image, or the ELF file that it is made of.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Loads only; a session then stays in its loader.</summary>
    [Parameter]
    public SwitchParameter NoRun { get; set; }

    /// <summary>Regular expressions; the cmdlet waits until the program prints a line that one of them matches.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Until { get; set; } = [];

    /// <summary>Regular expressions; a line that one of them matches is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] FailOn { get; set; } = [];

    /// <summary>How many seconds to watch what it prints.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(0.001, 1e6)]
    public double Timeout { get; set; }

    /// <summary>Baud rate at which the program prints.</summary>
    [Parameter]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(BaudRateCompleter))]
    public int OutputBaudRate { get; set; } = OutputOptions.DefaultBaudRate;

    /// <summary>Loads also an image that names other revisions of the chip.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // The ROM leaves all of the RAM to the program that it loads; only a session may have the stub in it.
    private protected override bool UsesStub => false;

    private bool Watches => Until.Length > 0 || FailOn.Length > 0 || Timeout > 0;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _image = InputFile.Read(Paths.Resolve(Path)));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        RamImagePlan plan = RamImagePlan.Make(device, _image, Path, Force, StopToken);
        OutputOptions watch = new()
        {
            BaudRate = OutputBaudRate,
            Until = Patterns.Compile(Until),
            FailOn = Patterns.Compile(FailOn),
            Timeout = Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null,
        };
        if (!ShouldProcess(device.ToString(), $"{(NoRun ? "Load" : "Run")} {Path}: {plan.Length} bytes of RAM, entry 0x{plan.Image.Header.EntryPoint:X8}"))
        {
            return;
        }

        using var progress = new DeviceProgress(this, device.ToString());
        Emit(NoRun ? RamImageLoader.Load(device, plan, progress.Report, StopToken) : Run(device, plan, watch, progress));
    }

    private RamImageResult Run(Esp32Device device, RamImagePlan plan, OutputOptions watch, DeviceProgress progress)
    {
        try
        {
            return RamImageLoader.Run(
                device, plan, watch, Watches, line => WriteVerbose(line.Text), progress.Report, StopToken);
        }
        finally
        {
            // A reset would end the program.
            device.Close(LeaveMode.NoReset, CancellationToken.None);
        }
    }
}
