using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>What the recordings do not show of the stub: protocol.md, sections 5 and 9.</summary>
public sealed class StubLoaderTests
{
    private readonly Esp32Simulator _board = Boards.InLoader();

    private static byte[] Status(byte[] reply) => reply[^2..];

    [Fact]
    public void Error_of_the_work_is_the_answer_to_the_next_request_which_is_not_carried_out()
    {
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x02, 16, 1, 0x4000, 0x50_0000);
        host.Send(WireHost.Block(0x03, 0, new byte[16]));
        Assert.Equal([0, 0], Status(host.Receive()[0]));
        Assert.Equal([0xC4, 0], Status(host.Ask(0x09, 0x3FFB_2000, 7, uint.MaxValue, 0)[0]));
        Assert.Equal(0u, host.ReadRegister(0x3FFB_2000));
    }

    [Fact]
    public void Bytes_past_the_announced_count_are_dropped()
    {
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x02, 5, 1, 0x4000, 0x1_0000);
        host.Send(WireHost.Block(0x03, 0, [1, 2, 3, 4, 5, 0, 0, 0]));
        host.Receive();
        Assert.Equal([0, 0], Status(host.Ask(0x04, 1)[0]));
        Assert.Equal([5, 0xFF, 0xFF], _board.ReadFlash(0x1_0004, 3));
    }

    [Fact]
    public void End_with_bytes_outstanding_is_an_error()
    {
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x02, 5, 1, 0x4000, 0x1_0000);
        Assert.Equal([0xC0, 0], Status(host.Ask(0x04, 1)[0]));
        Assert.Equal([0xC6, 0], Status(host.Ask(0x04, 1)[0]));
    }

    [Fact]
    public void Only_the_sectors_that_are_written_are_erased()
    {
        _board.LoadFlash(0x1_0000, new byte[0x4000]);
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x02, 0x1001, 1, 0x4000, 0x1_1000);
        host.Send(WireHost.Block(0x03, 0, [.. Enumerable.Repeat((byte)0xAA, 0x1001)]));
        host.Receive();
        Assert.Equal(0x00, _board.ReadFlash(0x1_0FFF, 1)[0]);
        Assert.Equal([0xAA, 0xFF], _board.ReadFlash(0x1_2000, 2));
        Assert.Equal(0x00, _board.ReadFlash(0x1_3000, 1)[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(1024)]
    public void Packed_data_is_unpacked_block_by_block(int blockSize)
    {
        var random = new Random(1);
        byte[] data = [.. Enumerable.Range(0, 20000).Select(i => (byte)(i % 97 < 60 ? i / 500 : random.Next(256)))];
        byte[] packed = Packed(data, CompressionLevel.Optimal);
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x10, (uint)data.Length, (uint)packed.Length, (uint)blockSize, 0x1_0000);
        uint sequence = 0;
        foreach (byte[] block in packed.Chunk(blockSize))
        {
            host.Send(WireHost.Block(0x11, sequence++, block));
            Assert.Equal([0, 0], Status(host.Receive()[0]));
        }

        Assert.Equal([0, 0], Status(host.Ask(0x12, 1)[0]));
        Assert.Equal(MD5.HashData(data), host.Ask(0x13, 0x1_0000, (uint)data.Length, 0, 0)[0][8..24]);
    }

    [Fact]
    public void Stored_blocks_and_a_wrong_check_value_are_understood()
    {
        byte[] data = new byte[100_000];
        new Random(2).NextBytes(data);
        byte[] packed = Packed(data, CompressionLevel.NoCompression);
        using WireHost host = Boards.InStub(_board);
        host.Ask(0x10, (uint)data.Length, 7, 0x4000, 0x1_0000);
        packed[^1] ^= 1;
        uint sequence = 0;
        foreach (byte[] block in packed.Chunk(0x4000))
        {
            host.Send(WireHost.Block(0x11, sequence++, block));
            Assert.Equal([0, 0], Status(host.Receive()[0]));
        }

        Assert.Equal([0xC7, 0], Status(host.Ask(0x12, 1)[0]));
        Assert.Equal(data, _board.ReadFlash(0x1_0000, data.Length));
    }

    [Fact]
    public void Read_waits_for_what_was_sent_and_ends_with_a_digest()
    {
        byte[] data = new byte[10_000];
        new Random(3).NextBytes(data);
        _board.LoadFlash(0x1234, data);
        using WireHost host = Boards.InStub(_board);
        byte[][] frames = [.. host.Ask(0xD2, 0x1234, 10_000, 4096, 64)];
        Assert.Equal(2, frames.Length);
        byte[] got = frames[1];
        while (got.Length < data.Length)
        {
            host.Send(BitConverter.GetBytes(got.Length));
            got = [.. got, .. Assert.Single(host.Receive())];
        }

        host.Send(BitConverter.GetBytes(got.Length));
        Assert.Equal(MD5.HashData(data), Assert.Single(host.Receive()));
        Assert.Equal(data, got);
    }

    [Fact]
    public void Frames_are_sent_ahead_when_the_board_is_told_to()
    {
        Esp32Simulator board = Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", StubFramesInFlight = 3 });
        using WireHost host = Boards.InStub(board);
        Assert.Equal(1 + 3, host.Ask(0xD2, 0, 65536, 4096, 64).Count);
        Assert.Equal(1 + 2, Boards.InStub(Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", StubFramesInFlight = 3 })).Ask(0xD2, 0, 65536, 4096, 2).Count);
    }

    [Theory]
    [InlineData(0xD1, new uint[] { 0x1001, 0x1000 }, 0xC0)]
    [InlineData(0xD1, new uint[] { 0x1000, 0x1001 }, 0xC0)]
    [InlineData(0xD1, new uint[] { 0x3F_F000, 0x2000 }, 0xC4)]
    [InlineData(0x0D, new uint[] { 0, 0 }, 0xC0)]
    [InlineData(0xD4, new uint[] { 0 }, 0xC3)]
    [InlineData(0xD5, new uint[] { 0 }, 0xFF)]
    [InlineData(0x14, new uint[0], 0xFF)]
    public void Request_it_cannot_do_is_refused(byte opcode, uint[] words, byte code)
    {
        using WireHost host = Boards.InStub(_board);
        Assert.Equal([code, 0], Status(host.Ask(opcode, words)[0]));
    }

    [Fact]
    public void Packet_that_is_too_long_shows_with_the_next_request()
    {
        using WireHost host = Boards.InStub(_board);
        Assert.Equal([0, 0], Status(Assert.Single(host.Ask(0xD2, 0, 8192, 4097, 1))));
        Assert.Equal([0xC0, 0], Status(host.Ask(0x0A, 0x4000_1000)[0]));
    }

    [Fact]
    public void Stub_survives_until_a_reset()
    {
        using (WireHost first = Boards.InStub(_board))
        {
        }

        using (var second = new WireHost(_board))
        {
            second.Send(WireHost.Request(0x08, [0x2012_0707, .. Enumerable.Repeat(0x5555_5555u, 8)]));
            Assert.All(second.Receive(), reply => Assert.Equal(0u, BitConverter.ToUInt32(reply, 4)));
        }

        _board.PowerCycle();
        Assert.Equal(nameof(BoardState.RomLoader), _board.State);
    }

    private static byte[] Packed(byte[] data, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }
}
