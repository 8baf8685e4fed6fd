using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Peek and poke on every chip, through both loaders.</summary>
public sealed class MemoryTests
{
    private static readonly MemoryWriteOptions s_verified = new() { Verify = true };

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Bytes_written_into_RAM_are_read_back_from_any_address(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint start = RamFirmware.CodeAddress(bench.Chip);
        byte[] before = HostFirmware.Noise(64, 1);
        Write(device, start, before, s_verified);
        foreach ((int at, int length) in new[] { (0, 4), (5, 1), (6, 3), (7, 18), (31, 33), (8, 8) })
        {
            byte[] data = HostFirmware.Noise(length, at);
            data.CopyTo(before, at);
            MemoryWriteResult result = Write(device, start + (uint)at, data, s_verified);

            Assert.Equal((start + (uint)at, length, true), (result.Address, result.Length, result.Verified));
            Assert.Equal(before, Read(device, start, 64));
            Assert.Equal(data, Read(device, start + (uint)at, length));
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Long_writes_into_RAM_take_several_blocks(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint start = RamFirmware.CodeAddress(bench.Chip) + 2;
        byte[] data = HostFirmware.Noise(0x3003, 3);

        Assert.False(Write(device, start, data, new MemoryWriteOptions()).Verified);

        Assert.Equal(data, Read(device, start, data.Length));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Words_are_written_under_a_mask(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint register = bench.Chip.Spi.Base + bench.Chip.Spi.Data;
        uint[] values = [.. Enumerable.Range(0, 16).Select(i => 0x1111_1111u * (uint)i)];
        MemoryWriter.WriteWords(device, register, values, uint.MaxValue, s_verified, CancellationToken.None);

        MemoryWriter.WriteWords(device, register + 4, [0xFFFF_FFFF, 0], 0x00FF_0000, s_verified, CancellationToken.None);

        values[1] = 0x11FF_1111;
        values[2] = 0x2200_2222;
        Assert.Equal(values, new MemoryContents(Read(device, register, 64)) { PortName = "", Address = register }.Words);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Nothing_is_touched_where_there_is_nothing(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint end = bench.Chip.MemoryMap.Concat(bench.Chip.Peripherals).Max(region => region.End);

        Refused(ErrorCode.AddressUnmapped, () => Read(device, 0x0000_0100, 4));
        Assert.Contains($"0x{end:X8}", Refused(ErrorCode.AddressUnmapped, () => Read(device, end - 4, 8)).Message);
        Refused(ErrorCode.AddressUnmapped, () => MemoryWriter.WriteWords(device, end, [0], uint.MaxValue, s_verified, CancellationToken.None));

        // The chip is none the worse for it.
        Assert.Equal(4, Read(device, end - 4, 4).Length);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Registers_that_burn_are_not_written_unasked(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint efuse = bench.Chip.Efuse.Base;

        Refused(ErrorCode.EfuseRegisters, () => MemoryWriter.WriteWords(device, efuse, [0], uint.MaxValue, s_verified, CancellationToken.None));
        Refused(ErrorCode.EfuseRegisters, () => MemoryWriter.WriteWords(device, efuse - 4, [0, 0], uint.MaxValue, new() { Allow = [ErrorCode.AddressUnmapped] }, CancellationToken.None));
        foreach (uint alias in bench.Chip.Efuse.Aliases)
        {
            Refused(ErrorCode.EfuseRegisters, () => MemoryWriter.WriteWords(device, alias, [0], uint.MaxValue, s_verified, CancellationToken.None));
        }

        MemoryWriter.WriteWords(device, efuse, [0], 0, new() { Allow = [ErrorCode.EfuseRegisters] }, CancellationToken.None);
    }

    [Theory]
    [InlineData("esp32", LoaderKind.Rom, 0)]
    [InlineData("esp32", LoaderKind.Stub, 0)]
    [InlineData("esp32s2", LoaderKind.Rom, 1)]
    [InlineData("esp32s2", LoaderKind.Stub, 1)]
    public void Efuses_answer_on_both_buses(string chip, LoaderKind loader, int blockOfMac)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint block = bench.Chip.Efuse.Blocks[blockOfMac].ReadOffset;
        byte[] contents = Read(device, bench.Chip.Efuse.Base + block, 24);
        Assert.Contains(contents, octet => octet != 0);
        Assert.Equal(contents, Read(device, 0x6001_A000 + block, 24));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Registers_take_whole_words_alone(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint register = bench.Chip.Spi.Base + bench.Chip.Spi.Data;

        Write(device, register, [1, 2, 3, 4, 5, 6, 7, 8], s_verified);
        Refused(ErrorCode.Misaligned, () => Write(device, register, [1, 2, 3], s_verified));
        Refused(ErrorCode.Misaligned, () => Write(device, register + 1, [1, 2, 3, 4], s_verified));

        Assert.Equal(0x0403_0201u, bench.Board.Machine.Bus.Read(register));
        Assert.Equal(0x0807_0605u, bench.Board.Machine.Bus.Read(register + 4));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void The_running_stub_is_not_written_over(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        if (loader == LoaderKind.Rom)
        {
            Assert.Null(device.GetLoader().Stub);
            return;
        }

        foreach ((uint start, uint end) in device.GetLoader().Stub!.Ram)
        {
            // On some chips the stub lies at the very beginning of RAM.
            uint before = bench.Chip.MemoryMap.Any(region => region.Contains(start - 4)) ? start - 4 : start;
            Refused(ErrorCode.RamInUse, () => Write(device, before, new byte[8], s_verified));
            Refused(ErrorCode.RamInUse, () => Write(device, end - 1, new byte[1], s_verified));
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Read_whose_request_or_answer_is_lost_is_asked_again(string chip, LoaderKind loader)
    {
        foreach (string fault in new[] { "lose@READ_REG:3", "drop@tohost:40", "drop@tochip:30" })
        {
            using var bench = new HostBench(chip, loader);
            using Esp32Device device = bench.Connect();
            uint start = RamFirmware.CodeAddress(bench.Chip);
            byte[] data = HostFirmware.Noise(32, 4);
            Write(device, start, data, new());
            bench.Board.Arm(FaultPlan.Parse(fault));

            Assert.Equal(data, Read(device, start, 32));
            Assert.True(device.GetLoader().RepeatCount > 0, fault);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Write_of_a_register_is_never_sent_twice(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        bench.Board.Arm(FaultPlan.Parse("lose@WRITE_REG"));

        Refused(ErrorCode.ReplyTimeout, () => MemoryWriter.WriteWords(
            device, bench.Chip.Spi.Base + bench.Chip.Spi.Data, [1], uint.MaxValue, s_verified, CancellationToken.None));

        Assert.Equal(0, device.GetLoader().RepeatCount);
    }

    [Fact]
    public void What_does_not_keep_what_was_written_is_told()
    {
        using var bench = new HostBench("esp32c3");
        using Esp32Device device = bench.Connect();

        // The command register of the SPI controller clears itself.
        Esp32Exception error = Refused(ErrorCode.VerifyFailed, () => MemoryWriter.WriteWords(
            device, bench.Chip.Spi.Base + bench.Chip.Spi.Command, [1], uint.MaxValue, s_verified, CancellationToken.None));
        Assert.Equal($"0x{bench.Chip.Spi.Base:X8}", error.Target);
    }

    [Fact]
    public void Secure_download_mode_lets_nobody_at_memory()
    {
        using var bench = new HostBench("esp32c3");
        bench.BurnSecureDownload();
        using Esp32Device device = bench.Connect();
        uint ram = RamFirmware.CodeAddress(bench.Chip);

        Refused(ErrorCode.SecureDownloadMode, () => Read(device, ram, 4));
        Refused(ErrorCode.SecureDownloadMode, () => Write(device, ram, new byte[4], s_verified));
    }

    private static byte[] Read(Esp32Device device, uint address, int length) =>
        MemoryReader.Read(device, address, length, [], null, CancellationToken.None);

    private static MemoryWriteResult Write(Esp32Device device, uint address, byte[] data, MemoryWriteOptions options) =>
        MemoryWriter.WriteBytes(device, address, data, options, null, CancellationToken.None);

    private static Esp32Exception Refused(ErrorCode code, Action action)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(action);
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Advice);
        return error;
    }
}
