using System;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class FaultTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" drop@tochip:1200 ", "drop@tochip:1200")]
    [InlineData("CORRUPT@ToHost:77*3", "corrupt@tohost:77*3")]
    [InlineData("delay@tohost:500=250ms", "delay@tohost:500=250ms")]
    [InlineData("delay@tochip:1=0.5s;delay@tochip:2=40us", "delay@tochip:1=500ms; delay@tochip:2=0.04ms")]
    [InlineData("unplug@tochip:4096=replug", "unplug@tochip:4096=replug")]
    [InlineData("brownout@write:5; brownout@tochip:9", "brownout@write:5; brownout@tochip:9")]
    [InlineData("refuse@flash_data:3=0x06*", "refuse@FLASH_DATA:3=0x06*")]
    [InlineData("refuse@0x77=5", "refuse@0x77:1=0x05")]
    [InlineData("lose@any:2", "lose@any:2")]
    [InlineData("brownout@burn:2; spoil@burn", "brownout@burn:2; spoil@burn:1")]
    [InlineData("brownout@erase; Brownout@Erase:7*2", "brownout@erase:1; brownout@erase:7*2")]
    [InlineData("wrong@digest;spoil@write:4", "wrong@digest:1; spoil@write:4")]
    public void Plan_reads_and_writes_its_text(string text, string canonical)
    {
        Assert.Equal(canonical, FaultPlan.Parse(text).ToString());
        Assert.Equal(canonical, FaultPlan.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("break@tochip", 1)]
    [InlineData("drop", 5)]
    [InlineData("drop@tochip", 12)]
    [InlineData("corrupt@tohost", 15)]
    [InlineData("delay@tohost=5ms", 13)]
    [InlineData("unplug@tochip=replug", 14)]
    [InlineData("brownout@tochip*", 16)]
    [InlineData("drop@write:1", 6)]
    [InlineData("spoil@erase:1", 7)]
    [InlineData("drop@tochip:0", 13)]
    [InlineData("drop@tochip:x", 13)]
    [InlineData("drop@tochip:1=3", 14)]
    [InlineData("delay@tochip:1", 15)]
    [InlineData("delay@tochip:1=3", 16)]
    [InlineData("refuse@NOTHING=5", 8)]
    [InlineData("refuse@SYNC=0x100", 13)]
    [InlineData("refuse@SYNC", 12)]
    [InlineData("unplug@tohost:1=later", 17)]
    [InlineData("drop@tochip:1 drop@tochip:2", 15)]
    public void Damaged_plan_is_refused_with_the_place(string text, int position)
    {
        Esp32Exception refused = Assert.Throws<Esp32Exception>(() => FaultPlan.Parse(text));
        Assert.Equal(ErrorCode.FaultPlanInvalid, refused.Code);
        Assert.Contains($"position {position}:", refused.Message, StringComparison.Ordinal);
    }

    // A READ_REG frame is 14 bytes on the wire each way, and none of these are escaped.
    [Theory]
    [InlineData("drop@tochip:1", 1)]
    [InlineData("drop@tochip:15", 2)]
    [InlineData("corrupt@tochip:10", 1)]
    [InlineData("drop@tohost:1", 1)]
    [InlineData("lose@READ_REG:2", 2)]
    [InlineData("refuse@READ_REG:3=6", 3)]
    public void Fault_hits_its_request_and_no_other(string plan, int hit)
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        board.Arm(FaultPlan.Parse(plan));
        for (int request = 1; request <= 4; request++)
        {
            byte[][] replies = [.. host.Ask(0x0A, 0x4000_1000)];
            bool good = replies is [[1, 0x0A, .., 0, 0, 0, 0]] && BitConverter.ToUInt32(replies[0], 4) == 0x00F0_1D83;
            Assert.Equal(request != hit, good);
        }
    }

    [Fact]
    public void Fault_happens_as_often_as_it_is_told()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        board.Arm(FaultPlan.Parse("lose@READ_REG:2*2"));
        Assert.Equal([1, 0, 1, 0, 1, 1], Enumerable.Range(0, 6).Select(_ => host.Ask(0x0A, 0x4000_1000).Count));
        board.Arm(FaultPlan.Parse("lose@READ_REG*"));
        Assert.Equal([0, 0, 0], Enumerable.Range(0, 3).Select(_ => host.Ask(0x0A, 0x4000_1000).Count));
        board.Arm(FaultPlan.None);
        Assert.Single(host.Ask(0x0A, 0x4000_1000));
    }

    [Fact]
    public void Late_bytes_come_late()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        board.Arm(FaultPlan.Parse("delay@tohost:8=250ms"));
        host.Send(WireHost.Request(0x0A, 0x4000_1000));
        TimeSpan before = host.Port.Clock.Now;
        byte[] buffer = new byte[100];
        Assert.Equal(7, host.Port.Read(buffer, 0, 100, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(0, host.Port.Read(buffer, 0, 100, TimeSpan.FromMilliseconds(249), CancellationToken.None));
        Assert.Equal(7, host.Port.Read(buffer, 0, 100, TimeSpan.FromMilliseconds(2), CancellationToken.None));
        Assert.Equal(TimeSpan.FromMilliseconds(250), host.Port.Clock.Now - before);
    }

    [Theory]
    [InlineData("unplug@tochip:20")]
    [InlineData("unplug@tohost:20")]
    public void Pulled_cable_is_a_lost_port_and_stays_one(string plan)
    {
        Esp32Simulator board = Boards.InLoader();
        WireHost host = Boards.Synced(board);
        board.Arm(FaultPlan.Parse(plan));
        Assert.Single(host.Ask(0x0A, 0x4000_1000));
        Assert.Equal(ErrorCode.PortLost, Lost(() => host.Ask(0x0A, 0x4000_1000)));
        Assert.Equal(ErrorCode.PortLost, Lost(() => host.Port.SetModemLines(false, true, CancellationToken.None)));
        Assert.Equal(ErrorCode.PortNotFound, Lost(() => host.Port.Reopen(CancellationToken.None)));
        host.Dispose();
        Assert.Equal(ErrorCode.PortNotFound, Lost(() => board.Open()));
        Assert.False(board.IsOpen);
        board.Arm(FaultPlan.None);
        using WireHost again = Boards.Synced(board);
        Assert.Single(again.Ask(0x0A, 0x4000_1000));
    }

    [Fact]
    public void Cable_that_is_put_in_again_gives_a_chip_that_starts_anew()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.InStub(board);
        board.Arm(FaultPlan.Parse("unplug@tochip:3=replug"));
        Assert.Equal(ErrorCode.PortLost, Lost(() => host.Ask(0x0A, 0x4000_1000)));
        Assert.Equal(nameof(BoardState.Halted), board.State);
        host.Port.Reopen(CancellationToken.None);
        Assert.Equal(nameof(BoardState.RomLoader), board.State);
    }

    [Fact]
    public void Brown_out_in_a_write_leaves_half_of_it()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        board.Arm(FaultPlan.Parse("brownout@write:2"));
        host.Ask(0x02, 0x1000, 4, 0x400, 0x1_0000);
        host.Send(WireHost.Block(0x03, 0, new byte[0x400]));
        Assert.Single(host.Receive());
        host.Send(WireHost.Block(0x03, 1, new byte[0x400]));
        Assert.Contains("RTCWDT_BROWN_OUT_RESET", Encoding.ASCII.GetString(host.ReceiveRaw()), StringComparison.Ordinal);
        Assert.Equal([0x00, 0xFF], board.ReadFlash(0x1_05FF, 2));
    }

    [Theory]
    [InlineData("sector", false, 0x02, new uint[] { 0x2000, 8, 0x400, 0x1_0000 }, 2, 0x1_1000, 0x800)]
    [InlineData("block", false, 0x02, new uint[] { 0x1_0000, 64, 0x400, 0x1_0000 }, 1, 0x1_0000, 0x8000)]
    [InlineData("region through the stub", true, 0xD1, new uint[] { 0x1_0000, 0x2000 }, 2, 0x1_1000, 0x800)]
    [InlineData("whole part", true, 0xD0, new uint[] { }, 1, 0, 2 << 20)]
    public void Power_cut_in_an_erase_leaves_half_of_it(string what, bool stub, byte opcode, uint[] words, int erase, uint start, uint half)
    {
        _ = what;
        Esp32Simulator board = Boards.InLoader();
        board.LoadFlash(0, new byte[4 << 20]);
        using WireHost host = stub ? Boards.InStub(board) : Boards.Synced(board);
        board.Arm(FaultPlan.Parse($"brownout@erase:{erase}"));
        host.Send(WireHost.Request(opcode, words));
        Assert.Contains("RTCWDT_BROWN_OUT_RESET", Encoding.ASCII.GetString(host.ReceiveRaw()), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0x00], board.ReadFlash(start + half - 1, 2));
        Assert.Equal(0xFF, board.ReadFlash(start, 1)[0]);
        Assert.Equal(nameof(BoardState.RomLoader), board.State);
    }

    [Fact]
    public void Power_cut_in_the_erase_before_a_write_ends_the_write()
    {
        Esp32Simulator board = Boards.InLoader();
        board.LoadFlash(0x1_0000, new byte[0x2000]);
        using WireHost host = Boards.InStub(board);
        board.Arm(FaultPlan.Parse("brownout@erase:2"));
        host.Ask(0x02, 0x2000, 1, 0x4000, 0x1_0000);
        host.Send(WireHost.Block(0x03, 0, [.. Enumerable.Repeat((byte)0x5A, 0x2000)]));
        host.ReceiveRaw();
        Assert.Equal(nameof(BoardState.RomLoader), board.State);
        Assert.Equal([0xFF, 0xFF], board.ReadFlash(0x1_0FFF, 2));
        Assert.Equal([0xFF, 0x00], board.ReadFlash(0x1_17FF, 2));
    }

    [Fact]
    public void Brown_out_on_the_wire_ends_what_was_under_way()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.InStub(board);
        board.Arm(FaultPlan.Parse("brownout@tochip:7"));
        Assert.Empty(host.Ask(0x0A, 0x4000_1000));
        Assert.Equal(nameof(BoardState.RomLoader), board.State);
    }

    [Theory]
    [InlineData("esp32", false)]
    [InlineData("esp32", true)]
    [InlineData("esp32c3", false)]
    public void Wrong_digest_is_wrong_once(string chip, bool stub)
    {
        Esp32Simulator board = Boards.InLoader(chip);
        using WireHost host = stub ? Boards.InStub(board) : Boards.Synced(board);
        byte[] good = host.Ask(0x13, 0, 4096, 0, 0)[0];
        board.Arm(FaultPlan.Parse("wrong@digest"));
        Assert.NotEqual(good, host.Ask(0x13, 0, 4096, 0, 0)[0]);
        Assert.Equal(good, host.Ask(0x13, 0, 4096, 0, 0)[0]);
    }

    [Fact]
    public void Spoiled_write_has_one_wrong_byte()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.InStub(board);
        board.Arm(FaultPlan.Parse("spoil@write"));
        host.Ask(0x02, 256, 1, 0x4000, 0x1_0000);
        host.Send(WireHost.Block(0x03, 0, [.. Enumerable.Repeat((byte)0x5A, 256)]));
        Assert.Equal([0, 0], host.Receive()[0][^2..]);
        Assert.Equal(255, board.ReadFlash(0x1_0000, 256).Count(value => value == 0x5A));
    }

    private static ErrorCode Lost(Action action) => Assert.Throws<TransportException>(action).Code;
}
