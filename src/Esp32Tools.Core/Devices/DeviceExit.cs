using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Loader;
using Esp32Tools.Loader.Messages;
using Esp32Tools.Reset;
using Esp32Tools.Transport;

namespace Esp32Tools.Devices;

/// <summary>The ways out of a session (protocol notes, section 6).</summary>
internal static class DeviceExit
{
    private const uint WatchdogResetConfig = 0xD000_0102;
    private const uint WatchdogResetTicks = 2000;

    public static void Leave(Esp32Device device, LeaveMode leave, CancellationToken cancellationToken)
    {
        switch (leave)
        {
            case LeaveMode.HardReset:
                HardReset(device.Transport, cancellationToken);
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
                    $"No stub runs on {device.PortName} that could be stayed in.",
                    "Connect with the stub, or leave without reset.")
                { Target = device.PortName };
        }
    }

    /// <summary>Into the application by the modem lines.</summary>
    public static void HardReset(ISerialTransport transport, CancellationToken cancellationToken)
    {
        if (transport.Traits.HasModemLines)
        {
            PortReset.Run(ResetSequences.IntoApplication(transport.Traits), transport, cancellationToken);
        }
    }

    // The ROM leaves the loader at the end of a flash write. A stub does not, whatever it is told: it has to be reset.
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

        // It begins a write only when it is connected to the flash, which a session that did nothing with flash has not done.
        LoaderClient loader = device.Loader;
        FlashPort.Attach(loader, cancellationToken);
        loader.Execute(
            new FlashBeginRequest { Size = 0, Blocks = 0, BlockSize = (uint)loader.Dialect.FlashBlockSize, Offset = 0 }, cancellationToken);
        loader.Execute(new FlashEndRequest { Reboot = false }, cancellationToken);
    }

    private static void WatchdogReset(Esp32Device device, CancellationToken cancellationToken)
    {
        if (device.Chip.Watchdog is not { CanReset: true } dog || device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"The {device.Chip.Name} on {device.PortName} cannot be reset by its watchdog{(device.IsSecureDownloadMode ? " in secure download mode" : string.Empty)}.",
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
        device.Loader.Execute(new WriteRegisterRequest { Writes = writes }, cancellationToken);
        device.Loader.Clock.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
    }
}
