using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Reset;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>The ways to end a session (protocol.md, section 6).</summary>
internal static class DeviceExit
{
    private const uint WatchdogResetConfig = 0xD000_0102;
    private const uint WatchdogResetTicks = 2000;
    private static readonly TimeSpan s_watchdogTime = TimeSpan.FromSeconds(0.5);

    public static void Leave(Esp32Device device, LeaveMode leave, CancellationToken cancellationToken)
    {
        switch (leave)
        {
            case LeaveMode.HardReset:
                HardReset(device, cancellationToken);
                break;
            case LeaveMode.SoftReset:
                SoftReset(device, cancellationToken);
                break;
            case LeaveMode.WatchdogReset:
                WatchdogReset(device, cancellationToken);
                break;
            case LeaveMode.StayInStub when !device.IsStub:
                throw new ChipException(
                    ErrorCode.ChipUnsupported,
                    $"No stub is running on {device.PortName} to stay in.",
                    "Connect with the stub, or leave without reset.")
                { Target = device.PortName };
        }
    }

    /// <summary>Restarts the chip into its application by the modem lines.</summary>
    public static void HardReset(ISerialTransport transport, CancellationToken cancellationToken)
    {
        if (!transport.Traits.HasModemLines)
        {
            return;
        }

        try
        {
            ResetSequences.IntoApplication(transport.Traits).Run(transport, cancellationToken);
        }
        catch (TransportException error) when (PortReturn.GoesAway(transport, error))
        {
            // The reset took away the port before the last step, and with the port the lines.
        }

        PortReturn.Settle(transport, cancellationToken);
    }

    private static void HardReset(Esp32Device device, CancellationToken cancellationToken)
    {
        if (device.GetChip().Usb is { ClearForceDownload: true, ForceDownload: BitField force } && !device.IsSecureDownloadMode)
        {
            ClearForceDownload(device.GetLoader(), force, cancellationToken);
        }

        if (NeedsWatchdog(device, cancellationToken))
        {
            WatchdogReset(device, cancellationToken);
        }
        else
        {
            HardReset(device.GetTransport(), cancellationToken);
        }
    }

    private static void ClearForceDownload(LoaderClient loader, BitField force, CancellationToken cancellationToken)
    {
        try
        {
            BitPart bit = force.Parts[0];
            loader.WriteRegister(bit.Register, 0, 1u << bit.Shift, cancellationToken: cancellationToken);
        }
        catch (LoaderException)
        {
            // The chip may be stuck, which the reset repairs.
        }
    }

    // The reset line does not bring every chip on its own USB-OTG port out of the loader (protocol.md, section 6).
    private static bool NeedsWatchdog(Esp32Device device, CancellationToken cancellationToken)
    {
        if (!device.GetLoader().Dialect.IsUsbOtg || device.IsSecureDownloadMode)
        {
            return false;
        }

        UsbFacts usb = device.GetChip().Usb;
        uint Read(uint address) => device.GetLoader().ReadRegister(address, cancellationToken);
        return usb.OtgRestart switch
        {
            OtgRestart.Watchdog => true,
            OtgRestart.WatchdogWhenStrapped => usb.FlashBootStrap!.Read(Read) == 0 && usb.ForceDownload!.Read(Read) == 0,
            _ => false,
        };
    }

    // The ROM leaves the loader at the end of a flash write. A stub never does: it has to be reset.
    private static void SoftReset(Esp32Device device, CancellationToken cancellationToken)
    {
        if (device.IsStub)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"The stub on {device.PortName} cannot jump to the application.",
                "Leave by a hard reset, or connect without the stub.")
            { Target = device.PortName };
        }

        // It begins a write only when it is connected to the flash, and a session without flash access has not connected it.
        LoaderClient loader = device.GetLoader();
        FlashPort.Attach(loader, cancellationToken);
        loader.Execute(
            new FlashBeginRequest { Size = 0, Blocks = 0, BlockSize = (uint)loader.Dialect.FlashBlockSize, Offset = 0 }, cancellationToken);
        loader.Execute(new FlashEndRequest { Reboot = false }, cancellationToken);
    }

    private static void WatchdogReset(Esp32Device device, CancellationToken cancellationToken)
    {
        if (device.GetChip().Watchdog is not { CanReset: true } dog || device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"The {device.GetChip().Name} on {device.PortName} cannot be reset by its watchdog{(device.IsSecureDownloadMode ? " in secure download mode" : string.Empty)}.",
                "Use a hard reset.")
            { Target = device.PortName };
        }

        const uint All = uint.MaxValue;
        List<RegisterWrite> writes =
        [
            new(dog.WriteProtect, dog.Key, All, 0),
            new(dog.Config1, WatchdogResetTicks, All, 0),
            new(dog.Config0, WatchdogResetConfig, All, 0),
            new(dog.WriteProtect, 0, All, 0),
        ];
        ISerialTransport transport = device.GetTransport();
        try
        {
            device.GetLoader().Execute(new WriteRegisterRequest { Writes = writes }, cancellationToken);
        }
        catch (TransportException error) when (PortReturn.GoesAway(transport, error))
        {
            // The watchdog reset the chip before the answer was out, and took away the port.
        }

        transport.Clock.Delay(s_watchdogTime, cancellationToken);
        PortReturn.Settle(transport, cancellationToken);
    }
}
