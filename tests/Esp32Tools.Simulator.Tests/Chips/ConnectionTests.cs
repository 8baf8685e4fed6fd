using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>The port of a board that is the chip's own USB device.</summary>
public sealed class ConnectionTests
{
    private readonly VirtualClock _clock = new();

    public static TheoryData<string> Otg => [.. ChipCatalog.All.Where(chip => chip.Usb.HasOtg).Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Otg))]
    public void Otg_port_goes_away_at_a_reset_and_comes_back(string chip)
    {
        Esp32Simulator board = Board(chip, BoardConnection.UsbOtg);
        using ISerialTransport port = board.Open();
        Assert.Equal((0x303A, board.GetChip().ImageChipId), (port.Traits.VendorId, port.Traits.ProductId));
        Assert.True(port.Traits.IsChipUsb && !port.Traits.HasBaudRate);

        IntoLoader(port);

        Assert.Equal(nameof(BoardState.RomLoader), board.State);
        Assert.Equal(ErrorCode.PortLost, Lost(() => port.Write([0xC0], 0, 1, CancellationToken.None)));
        Assert.Equal(ErrorCode.PortNotFound, Lost(() => port.Reopen(CancellationToken.None)));
        _clock.Delay(board.Options.UsbReturn, CancellationToken.None);
        port.Reopen(CancellationToken.None);
        port.Write([0xC0], 0, 1, CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Otg))]
    public void Reset_line_leaves_the_loader_as_far_as_the_chip_lets_it(string chip)
    {
        Esp32Simulator strapped = Board(chip, BoardConnection.UsbOtg, startsInLoader: true);
        Esp32Simulator asked = Board(chip, BoardConnection.UsbOtg);
        using (ISerialTransport port = asked.Open())
        {
            IntoLoader(port);
        }

        foreach (Esp32Simulator board in new[] { strapped, asked })
        {
            using ISerialTransport port = board.Open();
            port.SetModemLines(false, true, CancellationToken.None);
            port.SetModemLines(false, false, CancellationToken.None);
        }

        UsbFacts usb = strapped.GetChip().Usb;
        Assert.Equal(nameof(BoardState.RomLoader), strapped.State);
        Assert.Equal(
            usb.OtgRestart == OtgRestart.Watchdog || usb.ClearForceDownload ? nameof(BoardState.RomLoader) : nameof(BoardState.Application),
            asked.State);
    }

    [Theory]
    [MemberData(nameof(Otg))]
    public void Otg_takes_no_block_that_is_too_long_for_it(string chip)
    {
        Esp32Simulator board = Board(chip, BoardConnection.UsbOtg, startsInLoader: true);
        using var host = new WireHost(board);
        host.Sync();
        int limit = board.GetChip().Loader.UsbOtgBlockSize;
        host.Ask(0x05, 0x4000, 4, 0x1000, Boards.StubAddress(board.GetChip()));
        host.Send(WireHost.Block(0x07, 0, new byte[limit + 4]));
        Assert.Empty(host.Receive());
        host.Send(WireHost.Block(0x07, 0, new byte[limit]));
        Assert.Single(host.Receive());
    }

    [Fact]
    public void Serial_jtag_port_outlives_a_reset_by_its_lines_but_not_the_loss_of_power()
    {
        Esp32Simulator board = Board("esp32c3", BoardConnection.UsbSerialJtag);
        using ISerialTransport port = board.Open();
        port.SetModemLines(false, true, CancellationToken.None);
        port.SetModemLines(false, false, CancellationToken.None);
        board.PowerCycle();
        Assert.Equal(ErrorCode.PortLost, Lost(() => port.SetModemLines(false, false, CancellationToken.None)));
    }

    [Theory]
    [InlineData(BoardConnection.UsbSerialJtag)]
    [InlineData(BoardConnection.UsbOtg)]
    public void Chip_without_such_a_port_is_refused(BoardConnection connection) => Assert.Equal(
        ErrorCode.ChipUnsupported,
        Assert.Throws<ChipException>(() => Board("esp32", connection)).Code);

    private static void IntoLoader(ISerialTransport port)
    {
        port.SetModemLines(false, true, CancellationToken.None);
        port.SetModemLines(true, true, CancellationToken.None);
        port.SetModemLines(true, false, CancellationToken.None);
    }

    private Esp32Simulator Board(string chip, BoardConnection connection, bool startsInLoader = false) =>
        new(new SimulatorOptions { Chip = chip, Connection = connection, StartsInLoader = startsInLoader, Clock = _clock });

    private static ErrorCode Lost(Action action) => Assert.Throws<TransportException>(action).Code;
}
