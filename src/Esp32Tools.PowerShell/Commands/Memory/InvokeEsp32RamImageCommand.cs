using System;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Devices.Output;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Loads a program into the RAM of a chip and runs it; flash is not touched. A session ends with the start.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Esp32RamImage", SupportsShouldProcess = true)]
[OutputType(typeof(RamImageResult))]
[Lifts(nameof(RefusalCatalog.RamImage))]
public sealed class InvokeEsp32RamImageCommand : Esp32DeviceCmdlet
{
    private byte[] _image = [];

    /// <summary>The image, or the ELF file to make it from.</summary>
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

    /// <summary>Time to watch the program's output, in seconds.</summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [ValidateRange(0.0, 1e6)]
    public double Timeout { get; set; }

    /// <summary>Baud rate at which the program prints.</summary>
    [Parameter]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(Words.BaudRates))]
    public int OutputBaudRate { get; set; } = OutputOptions.DefaultBaudRate;

    /// <summary>Lifts refusals, each by its error id and no other: ImageRevision.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    // The ROM loader leaves all of the RAM to the program; only a session may have the stub there.
    private protected override bool UsesStub => false;

    private bool Watches => Until.Length > 0 || FailOn.Length > 0 || Timeout > 0;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _image = InputFile.Read(Paths.Resolve(Path), StopToken));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        RamImagePlan plan = RamImagePlan.Make(device, _image, Path, Allowed, StopToken);
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

        using var progress = new ActivityProgress(this, device.ToString());
        Emit(NoRun ? RamImageLoader.Load(device, plan, progress.Report, StopToken) : Run(device, plan, watch, progress));
    }

    private RamImageResult Run(Esp32Device device, RamImagePlan plan, OutputOptions watch, ActivityProgress progress)
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
