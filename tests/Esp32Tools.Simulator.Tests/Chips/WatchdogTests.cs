using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>The watchdogs of every chip that has them.</summary>
public sealed class WatchdogTests
{
    public static TheoryData<string> OverUsb =>
        [.. ChipCatalog.All.Where(chip => chip.Watchdog is { RunsOnUsbSerialJtag: true }).Select(chip => chip.Key)];

    public static TheoryData<string> ForReset =>
        [.. ChipCatalog.All.Where(chip => chip.Watchdog is { CanReset: true }).Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(OverUsb))]
    public void Loader_over_USB_is_bitten_unless_both_are_stopped(string chip)
    {
        Assert.Equal(BoardState.Application, StateAfterAWhile(chip, stopFirst: false, stopSecond: false));
        Assert.Equal(BoardState.Application, StateAfterAWhile(chip, stopFirst: true, stopSecond: false));
        Assert.Equal(BoardState.Application, StateAfterAWhile(chip, stopFirst: false, stopSecond: true));
        Assert.Equal(BoardState.RomLoader, StateAfterAWhile(chip, stopFirst: true, stopSecond: true));
    }

    [Theory]
    [MemberData(nameof(ForReset))]
    public void Watchdog_that_was_set_starts_the_chip_anew(string chip)
    {
        var clock = new VirtualClock();
        var board = new Esp32Simulator(new SimulatorOptions { Chip = chip, StartsInLoader = true, Clock = clock });
        WatchdogFacts dog = board.GetChip().Watchdog!;
        using var host = new WireHost(board);
        host.Sync();
        host.WriteRegister(dog.Config1, 2000);
        host.WriteRegister(dog.Config0, 0xD000_0102);
        clock.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Equal(nameof(BoardState.RomLoader), board.State);

        host.WriteRegister(dog.WriteProtect, dog.Key);
        host.WriteRegister(dog.Config1, 2000);
        host.WriteRegister(dog.Config0, 0xD000_0102);
        clock.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Equal(nameof(BoardState.Application), board.State);
    }

    private static BoardState StateAfterAWhile(string chip, bool stopFirst, bool stopSecond)
    {
        var clock = new VirtualClock();
        var options = new SimulatorOptions { Chip = chip, StartsInLoader = true, Clock = clock, Connection = BoardConnection.UsbSerialJtag };
        var board = new Esp32Simulator(options);
        WatchdogFacts dog = board.GetChip().Watchdog!;
        using var host = new WireHost(board);
        host.Sync();
        if (stopFirst)
        {
            host.WriteRegister(dog.WriteProtect, dog.Key);
            host.WriteRegister(dog.Config0, 0);
        }

        if (stopSecond)
        {
            host.WriteRegister(dog.SuperWriteProtect, dog.SuperKey);
            host.WriteRegister(dog.SuperConfig, dog.SuperAutoFeed);
        }

        clock.Delay(TimeSpan.FromSeconds(30), CancellationToken.None);
        return board.GetState();
    }
}
