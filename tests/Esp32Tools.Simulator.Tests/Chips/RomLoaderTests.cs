using System;
using System.Linq;
using System.Text;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>What the recordings do not show of the ROM: protocol.md, sections 5 and 11.</summary>
public sealed class RomLoaderTests
{
    private static byte[] Status(byte[] reply) => reply[^4..^2];

    [Fact]
    public void Block_with_a_bad_checksum_counts_and_moves_nothing()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        host.Ask(0x02, 0x1000, 4, 0x400, 0x10000);
        byte[] block = WireHost.Block(0x03, 0, [1, 2, 3, 4]);
        block[4] ^= 1;
        host.Send(block);
        Assert.Equal([1, 7], Status(host.Receive()[0]));
        host.Send(WireHost.Block(0x03, 0, [1, 2, 3, 4]));
        Assert.Equal([1, 5], Status(host.Receive()[0]));
        host.Send(WireHost.Block(0x03, 1, [1, 2, 3, 4]));
        Assert.Equal([0, 0], Status(host.Receive()[0]));
        Assert.Equal([1, 2, 3, 4, 0xFF], board.ReadFlash(0x10000, 5));
    }

    [Theory]
    [InlineData("esp32", new uint[] { 0, 0, 0x400, 0 }, new byte[] { 0, 0 })]
    [InlineData("esp32", new uint[] { 0, 0, 0x400, 0, 0 }, new byte[] { 1, 5 })]
    [InlineData("esp32", new uint[] { 0x1000, 1, 0x400, 0x100 }, new byte[] { 1, 6 })]
    [InlineData("esp32", new uint[] { 0x1000, 1, 0x1801, 0 }, new byte[] { 1, 5 })]
    [InlineData("esp32c3", new uint[] { 0, 0, 0x400, 0, 0 }, new byte[] { 0, 0 })]
    [InlineData("esp32c3", new uint[] { 0, 0, 0x400, 0 }, new byte[] { 1, 5 })]
    [InlineData("esp32c3", new uint[] { 0x1000, 1, 0x400, 0, 1 }, new byte[] { 1, 6 })]
    public void Beginning_of_a_write_is_judged(string chip, uint[] words, byte[] status)
    {
        using WireHost host = Boards.Synced(Boards.InLoader(chip));
        Assert.Equal(status, Status(host.Ask(0x02, words)[0]));
        Assert.Equal(status, Status(host.Ask(0x10, words)[0]));
    }

    [Fact]
    public void Flash_counts_as_2_MB_until_told()
    {
        using var host = new WireHost(Boards.InLoader());
        host.Receive();
        host.Sync();
        host.Ask(0x0D, 0, 0);
        Assert.Equal([1, 6], Status(host.Ask(0x02, 0x1000, 4, 0x400, 0x20_0000)[0]));
        Assert.Equal([1, 9], Status(host.Ask(0x0E, 0x20_0000, 64)[0]));
        host.Ask(0x0B, 0, 0x40_0000, 0x10000, 0x1000, 0x100, 0xFFFF);
        Assert.Equal([0, 0], Status(host.Ask(0x02, 0x1000, 4, 0x400, 0x20_0000)[0]));
    }

    [Fact]
    public void Slow_read_gives_its_whole_buffer()
    {
        Esp32Simulator board = Boards.InLoader();
        board.LoadFlash(0, [.. Enumerable.Range(1, 64).Select(value => (byte)value)]);
        using WireHost host = Boards.Synced(board);
        host.Ask(0x0E, 0, 64);
        byte[] reply = host.Ask(0x0E, 0x1000, 4)[0];
        Assert.Equal(8 + 64 + 4, reply.Length);
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 5, 6], reply[8..14]);
        Assert.Equal([1, 0x0A], Status(host.Ask(0x0E, 0, 65)[0]));
    }

    [Fact]
    public void Garbage_is_no_deflate_stream()
    {
        using WireHost host = Boards.Synced(Boards.InLoader());
        host.Ask(0x10, 0x1000, 1, 0x400, 0x10000);
        host.Send(WireHost.Block(0x11, 0, [1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal([1, 0x0B], Status(host.Receive()[0]));
    }

    [Fact]
    public void Masked_write_leaves_the_other_bits()
    {
        using WireHost host = Boards.Synced(Boards.InLoader());
        host.WriteRegister(0x3FFB_2000, 0x1234_5678);
        host.Ask(0x09, 0x3FFB_2000, 0xFFFF_FFFF, 0x0000_FF00, 0, 0x3FFB_2004, 7, uint.MaxValue, 0);
        Assert.Equal(0x1234_FF78u, host.ReadRegister(0x3FFB_2000));
        Assert.Equal(7u, host.ReadRegister(0x3FFB_2004));
    }

    [Fact]
    public void End_with_zero_reboots_and_end_with_one_runs_the_program()
    {
        Esp32Simulator board = new(new SimulatorOptions { Chip = "esp32c3" });
        foreach ((uint flag, string said) in new[] { (0u, "rst:0x3 (RTC_SW_SYS_RST)"), (1u, "user code done\r\n") })
        {
            using var host = new WireHost(board);
            host.Port.SetModemLines(false, true, default);
            host.Port.SetModemLines(true, false, default);
            host.Port.Clock.Delay(TimeSpan.FromMilliseconds(50), default);
            host.Port.SetModemLines(false, false, default);
            host.Receive();
            host.Sync();
            host.Ask(0x0D, 0, 0);
            host.Ask(0x02, 0, 0, 0x400, 0, 0);
            host.Send(WireHost.Request(0x04, flag));
            Assert.Contains(said, Encoding.ASCII.GetString(host.ReceiveRaw()), StringComparison.Ordinal);
            Assert.Equal(nameof(BoardState.Application), board.State);
        }
    }

    [Fact]
    public void Jump_into_what_was_loaded_is_a_stub_and_any_other_is_lost()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        host.Ask(0x05, 64, 1, 0x1800, 0x4008_0000);
        host.Send(WireHost.Block(0x07, 0, new byte[64]));
        host.Receive();
        Assert.Equal([0, 0], Status(host.Ask(0x06, 1, 0)[0]));
        Assert.Equal(nameof(BoardState.RomLoader), board.State);
        host.Ask(0x06, 0, 0x4008_0100);
        Assert.Equal(nameof(BoardState.Halted), board.State);
        board.PowerCycle();
        using WireHost _ = host;
        host.Receive();
        host.Sync();
        host.StartStub(0x4008_0000);
        Assert.Equal(nameof(BoardState.Stub), board.State);
    }

    [Fact]
    public void Secure_download_mode_leaves_a_few_commands()
    {
        using EfuseHost efuse = new("esp32c3");
        WireHost host = efuse.Wire;
        efuse.Load([0, 0, 0, 0, 1u << 5]);
        host.WriteRegister(0x6000_89CC, 0x5A5A);
        host.WriteRegister(0x6000_89D4, 2);

        // The burn alone closes nothing; the read command does, at once (efuse-rules.md, section 4).
        Assert.Equal([0, 0], Status(host.Ask(0x0A, 0x6000_89D4)[0]));
        host.WriteRegister(0x6000_89CC, 0x5AA5);
        host.WriteRegister(0x6000_89D4, 1);
        Assert.Equal([1, 5], Status(host.Ask(0x0A, 0x6000_89D4)[0]));
        efuse.Board.PowerCycle();
        host.Receive();
        host.Sync();
        byte[] info = host.Ask(0x14)[0];
        Assert.Equal(4u, BitConverter.ToUInt32(info, 8));
        foreach (byte opcode in new byte[] { 0x05, 0x06, 0x07, 0x09, 0x0A, 0x0E, 0x10, 0x11, 0x12, 0x13 })
        {
            Assert.Equal([1, 5], Status(host.Ask(opcode, 0, 0, 0, 0)[0]));
        }

        Assert.Equal([0, 0], Status(host.Ask(0x0D, 0, 0)[0]));
        Assert.Equal([0, 0], Status(host.Ask(0x02, 0, 0, 0x400, 0, 0)[0]));
    }

    [Fact]
    public void Closed_loader_is_not_reached_any_more()
    {
        using EfuseHost efuse = new("esp32");
        efuse.BurnEsp32(0, [1u << 27]);
        efuse.Board.PowerCycle();
        Assert.Equal(nameof(BoardState.Application), efuse.Board.State);
    }

    [Fact]
    public void Security_information_tells_what_the_fuses_say()
    {
        using EfuseHost efuse = new("esp32c3");
        efuse.Burn(0, [0, (1u << 19) | (1u << 11), (1u << 18) | (4u << 24) | (9u << 28), 1u << 20]);
        byte[] info = efuse.Wire.Ask(0x14)[0][8..28];
        Assert.Equal((1u << 0) | (1u << 7) | (1u << 8), BitConverter.ToUInt32(info, 0));
        Assert.Equal([1, 4, 9, 0, 0, 0, 0, 0x0C], info[4..12]);
        Assert.Equal(5u, BitConverter.ToUInt32(info, 12));
    }

    [Fact]
    public void Address_above_16_MB_loses_its_top_byte()
    {
        Esp32Simulator board = Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", Flash = new Flash.FlashPart { Size = 32 << 20 } });
        using WireHost host = Boards.Synced(board);
        host.Ask(0x02, 4096, 1, 0x400, 0x100_0000);
        host.Send(WireHost.Block(0x03, 0, [1, 2, 3, 4]));
        host.Receive();

        Assert.Equal([1, 2, 3, 4], board.ReadFlash(0, 4));
        Assert.Equal([0xFF], board.ReadFlash(0x100_0000, 1));
    }
}
