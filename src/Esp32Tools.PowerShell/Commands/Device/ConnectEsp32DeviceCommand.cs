using System;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Reset;
using Esp32Tools.Link.Transport;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>Opens a session: resets into the loader, syncs, detects the chip, starts the stub, raises the baud rate.</summary>
[Cmdlet(VerbsCommunications.Connect, "Esp32Device")]
[OutputType(typeof(Esp32Device))]
public sealed class ConnectEsp32DeviceCommand : Esp32PortCmdlet
{
    private const string AnyChip = "Auto";

    /// <summary>Working baud rate.</summary>
    [Parameter]
    [Alias("Baud")]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(Words.BaudRates))]
    public int BaudRate { get; set; } = new ConnectOptions().BaudRate;

    /// <summary>The chip that is expected; any other is an error.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string Chip { get; set; } = AnyChip;

    /// <summary>Works through the ROM loader alone.</summary>
    [Parameter]
    public SwitchParameter NoStub { get; set; }

    /// <summary>Action before the first sync.</summary>
    [Parameter]
    public ConnectReset Before { get; set; }

    /// <summary>A custom reset sequence, such as <c>D0|R1|W0.1|D1|R0|W0.05|D0</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResetSequence { get; set; }

    /// <summary>Number of resets to try.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ConnectAttempts { get; set; } = new ConnectOptions().Attempts;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // A chip or a sequence that there is not is wrong for all devices.
        Attempt(() => _ = Options(portName: string.Empty, trace: null));
    }

    private protected override void ProcessPort(DeviceArgument device)
    {
        TraceFileWriter? trace = Invocation.TraceFile is { } file ? new TraceFileWriter(file) : null;
        Esp32Device session = DeviceConnector.Connect(device.PortName, Options(device.PortName, trace), StopToken);
        OpenSessions.Add(session);
        trace?.BelongTo(session);
        try
        {
            WriteVerbose($"Connected to {session} at {session.BaudRate} baud.");
            if (IsGiven(nameof(BaudRate)) && FixedBaudRate.Note(session.GetTransport(), BaudRate) is string note)
            {
                WriteWarning(note);
            }

            if (Invocation.WantsMac && !session.IsSecureDownloadMode)
            {
                Invocation.Operation!.Mac = session.ReadIdentity(StopToken).Mac;
            }

            TraceFileWriter.Tell(session, WriteWarning);
            WriteObject(session);
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            // Ctrl-C at this moment: no cmdlet has the session, and none would close it. A later cmdlet that has enough ends
            // the pipeline by the same exception, and has it.
            session.Dispose();
            throw;
        }
    }

    private ConnectOptions Options(string portName, TraceFileWriter? trace) => new()
    {
        BaudRate = BaudRate,
        Chip = string.Equals(Chip, AnyChip, StringComparison.OrdinalIgnoreCase) ? null : ChipCatalog.ByName(Chip),
        UseStub = !NoStub,
        Before = Before,
        ResetSequence = ResetSequence is null ? null : Link.Reset.ResetSequence.Parse(ResetSequence),
        Attempts = ConnectAttempts,
        Trace = trace is null ? null : new TextFrameTrace(trace, portName),
        Log = WriteVerbose,
    };
}
