using System;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Simulator;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Makes a virtual chip, which <c>virtual:name</c> then opens.</summary>
[Cmdlet(VerbsCommon.New, "Esp32Simulator", SupportsShouldProcess = true)]
[OutputType(typeof(Esp32Simulator))]
public sealed class NewEsp32SimulatorCommand : Esp32Cmdlet
{
    /// <summary>The chip.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string Chip { get; set; } = string.Empty;

    /// <summary>Name, the part behind <c>virtual:</c>; the chip's own when it is left out.</summary>
    [Parameter(Position = 1)]
    [ValidatePattern(@"^[^\s:/\\*?\[\]]+$")]
    public string? Name { get; set; }

    /// <summary>Silicon revision, such as 3.1.</summary>
    [Parameter]
    [RevisionTransformation]
    public Version? Revision { get; set; }

    /// <summary>Size of the flash: a power of two from 256KB to 128MB; 4MB, or that of a saved state, when it is left out.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(1u, uint.MaxValue)]
    [ArgumentCompleter(typeof(Words.FlashCapacities))]
    public uint FlashSize { get; set; }

    /// <summary>Identification of the flash, manufacturer, type and capacity: 0xEF4016. It may be one that no part has.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(0u, 0xFF_FFFFu)]
    public uint FlashId { get; set; }

    /// <summary>Size of the PSRAM in the package of the chip; what the chip usually has when it is left out.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(1u, uint.MaxValue)]
    public uint Psram { get; set; }

    /// <summary>The crystal on the board, in MHz.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int CrystalMHz { get; set; }

    /// <summary>The modem lines that are wired to the chip.</summary>
    [Parameter]
    public ResetWiring ResetWiring { get; set; }

    /// <summary>Delay of the USB bridge, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    public int BridgeLatency { get; set; }

    /// <summary>File with the first bytes of the flash; the rest is blank.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FlashPath { get; set; }

    /// <summary>eFuse dump to take the eFuses from; without it the chip is fresh from the factory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EfusePath { get; set; }

    /// <summary>Folder to load the state from, if it is there, and to save it to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Lines that the application prints once it runs.</summary>
    [Parameter]
    public string[] ApplicationOutput { get; set; } = [];

    /// <summary>Keeps the timing of a real chip: bytes at the pace of the baud rate, flash as slow as real cells.</summary>
    [Parameter]
    public SwitchParameter Timing { get; set; }

    /// <summary>Fault plan, such as <c>drop@tochip:1200; refuse@FLASH_DATA:3=0x06</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Fault { get; set; }

    /// <summary>Connects by the chip's own USB-Serial-JTAG port instead of a bridge.</summary>
    [Parameter]
    public SwitchParameter UsbSerialJtag { get; set; }

    /// <summary>Connects by the chip's own USB-OTG port instead of a bridge.</summary>
    [Parameter]
    public SwitchParameter UsbOtg { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(Name ?? Chip, "Make a virtual chip"))
        {
            Attempt(() => WriteObject(SimulatorCatalog.Create(Options())));
        }
    }

    private SimulatorOptions Options()
    {
        if (BridgeLatency > 0 && !Timing)
        {
            throw new Esp32Exception(ErrorCode.SettingsConflict, "A virtual chip without timing has no latency.", "Ask for timing as well.");
        }

        return new()
        {
            Chip = Chip,
            Name = Name,
            Revision = Revision is null ? null : (Revision.Major * 100) + Revision.Minor,
            Flash = FlashSize > 0 ? new FlashPart { Size = FlashSize } : null,
            FlashPath = ResolveOrNull(FlashPath),
            EfusePath = ResolveOrNull(EfusePath),
            StatePath = ResolveOrNull(StatePath),
            ApplicationOutput = ApplicationOutput,
            Timing = Timing ? new SimulatorTiming { UsbLatency = TimeSpan.FromMilliseconds(BridgeLatency) } : null,
            FlashId = IsGiven(nameof(FlashId)) ? FlashId : null,
            Psram = Psram > 0 ? Psram : null,
            CrystalMHz = CrystalMHz > 0 ? CrystalMHz : null,
            ResetWiring = ResetWiring,
            Faults = Fault is null ? FaultPlan.None : FaultPlan.Parse(Fault),
            Connection = UsbOtg ? BoardConnection.UsbOtg : UsbSerialJtag ? BoardConnection.UsbSerialJtag : BoardConnection.Uart,
        };
    }

    private string? ResolveOrNull(string? path) => path is null ? null : Paths.Resolve(path);
}
