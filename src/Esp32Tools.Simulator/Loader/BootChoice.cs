using Esp32Tools.Chips;
using Esp32Tools.Simulator.Lines;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// Decides at a reset whether the ROM waits for a loader's host or goes on to the program in flash: by the boot pin, which
/// the chip latches at a restart of the whole chip, by a bit that software leaves behind, or by a request over the chip's own
/// USB port (protocol.md, section 6).
/// </summary>
internal sealed class BootChoice
{
    private readonly ChipMachine _chip;
    private readonly ResetCircuit _circuit;
    private bool _buttonIsDown;
    private bool _isPinLatchedLow;
    private bool _wasLoader;

    public BootChoice(ChipMachine chip, ResetCircuit circuit)
    {
        _chip = chip;
        _circuit = circuit;
        _buttonIsDown = chip.Options.StartsInLoader;
    }

    /// <summary>The strapping value that can be read back.</summary>
    public uint Strap => _isPinLatchedLow ? DownloadStrap : _chip.Facts.Boot.ApplicationStrap;

    /// <summary>The strapping value that stands for the loader.</summary>
    public uint DownloadStrap => _chip.Options.DownloadStrap ?? _chip.Facts.Boot.DownloadStrap;

    /// <summary>True for the loader.</summary>
    public bool Choose(ResetReason reason)
    {
        _wasLoader = Ask(reason) && !new ChipSecurity(_chip).IsDownloadDisabled;
        return _wasLoader;
    }

    private UsbFacts Usb => _chip.Facts.Usb;

    private bool IsOtg => _chip.Options.Connection == BoardConnection.UsbOtg;

    private bool Ask(ResetReason reason)
    {
        if (reason == ResetReason.Usb)
        {
            return AskOverUsb();
        }

        if (reason != ResetReason.Software)
        {
            IsForced = false;
        }

        if (reason != ResetReason.Software || !IsOtg)
        {
            _isPinLatchedLow = _circuit.PullsBootPin || _chip.Options.BootsIntoLoader || _buttonIsDown;
            _buttonIsDown = false;
        }

        return _isPinLatchedLow || IsForced;
    }

    private bool AskOverUsb()
    {
        if (!IsOtg)
        {
            _isPinLatchedLow = _circuit.AsksForLoader || _chip.Options.BootsIntoLoader;
            return _isPinLatchedLow || IsForced;
        }

        // Only the processor restarts: the latched value of the pin stays.
        if (_circuit.AsksForLoader)
        {
            IsForced = true;
            return true;
        }

        if (Usb.OtgRestart == OtgRestart.Watchdog && _wasLoader)
        {
            return true;
        }

        if (!Usb.ClearForceDownload)
        {
            IsForced = false;
        }

        return _isPinLatchedLow || IsForced;
    }

    // A bit of a register that survives all but the loss of power.
    private bool IsForced
    {
        get => Usb.ForceDownload is { } bit && bit.Read(_chip.Bus.Read) != 0;
        set
        {
            if (Usb.ForceDownload is { } place)
            {
                BitPart bit = place.Parts[0];
                uint mask = 1u << bit.Shift;
                _chip.Bus.Write(bit.Register, (_chip.Bus.Read(bit.Register) & ~mask) | (value ? mask : 0));
            }
        }
    }
}
