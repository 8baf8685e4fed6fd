using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Sessions over the USB ports that chips have themselves, which come and go with their resets.</summary>
public sealed class UsbTests
{
    public static TheoryData<string, LoaderKind> SerialJtag => Cases(usb => usb.HasSerialJtag);

    public static TheoryData<string, LoaderKind> Otg => Cases(usb => usb.HasOtg);

    [Theory]
    [MemberData(nameof(SerialJtag))]
    public void Serial_jtag_carries_a_write_and_a_reset_into_the_application(string chip, LoaderKind loader) =>
        WriteAndLeave(chip, loader, BoardConnection.UsbSerialJtag);

    [Theory]
    [MemberData(nameof(Otg))]
    public void Otg_carries_a_write_and_a_reset_into_the_application(string chip, LoaderKind loader) =>
        WriteAndLeave(chip, loader, BoardConnection.UsbOtg);

    [Theory]
    [MemberData(nameof(SerialJtag))]
    public void Watchdogs_are_kept_from_biting(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader, options => options with { Connection = BoardConnection.UsbSerialJtag });
        using Esp32Device device = bench.Connect();
        device.GetTransport().Clock.Delay(TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.Equal(loader == LoaderKind.Stub ? nameof(BoardState.Stub) : nameof(BoardState.RomLoader), bench.Board.State);
        Assert.NotEmpty(FlashReader.Read(device, 0, 64, null, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Otg))]
    public void Boot_button_that_was_pressed_is_forgotten_once_the_session_is_over(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader, options => options with { Connection = BoardConnection.UsbOtg, StartsInLoader = true });
        Assert.Equal(nameof(BoardState.RomLoader), bench.Board.State);
        Esp32Device device = bench.Connect(bench.Options with { Before = ConnectReset.NoReset });

        device.Close(LeaveMode.HardReset, CancellationToken.None);

        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
    }

    private static void WriteAndLeave(string chip, LoaderKind loader, BoardConnection connection)
    {
        using var bench = new HostBench(chip, loader, options => options with { Connection = connection });
        var image = new FlashImage("noise", 0x2_0000, HostFirmware.Noise(50_000, 7));

        FlashWriteResult result = Assert.Single(bench.Write([image]));

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
        using Esp32Device again = bench.Connect();
        Assert.Equal(bench.Chip, again.GetChip());
    }

    private static TheoryData<string, LoaderKind> Cases(Func<UsbFacts, bool> has)
    {
        TheoryData<string, LoaderKind> cases = [];
        foreach (object[] row in HostMatrix.All.Where(row => has(ChipCatalog.ByName((string)row[0]).Usb)))
        {
            cases.Add((string)row[0], (LoaderKind)row[1]);
        }

        return cases;
    }
}
