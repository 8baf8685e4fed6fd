using System;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class NorFlashTests
{
    private readonly NorFlash _flash = new(new FlashPart());
    private readonly NorFlashPins _pins;

    public NorFlashTests() => _pins = new NorFlashPins(_flash, () => 0, _ => 0);

    [Fact]
    public void Programming_clears_bits_and_erasing_sets_them()
    {
        _flash.Program(0x1000, [0xF0], 0, 1);
        _flash.Program(0x1000, [0x3C], 0, 1);
        Assert.Equal([0x30], _flash.Read(0x1000, 1));
        _flash.EraseSector(0x1FFF);
        Assert.Equal([0xFF], _flash.Read(0x1000, 1));
    }

    [Fact]
    public void Erase_takes_its_sector_and_no_other()
    {
        _flash.Program(0x0FFF, [0, 0], 0, 2);
        _flash.EraseSector(0x1000);
        Assert.Equal([0x00, 0xFF], _flash.Read(0x0FFF, 2));
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x20)]
    [InlineData(0xD8)]
    [InlineData(0xC7)]
    public void Nothing_changes_without_write_enable(byte command)
    {
        _flash.Program(0, [0x55], 0, 1);
        Send(command, 0, 0x00);
        Assert.Equal([0x55], _flash.Read(0, 1));
        Send(0x06);
        Send(command, 0, 0x00);
        Assert.NotEqual([0x55], _flash.Read(0, 1));
        _flash.Program(0, [0x55], 0, 1);
        byte[] before = _flash.Read(0, 1);
        Send(command, 0, 0x00);
        Assert.Equal(before, _flash.Read(0, 1));
    }

    [Fact]
    public void Write_enable_shows_in_the_status_until_it_is_used()
    {
        Assert.Equal(0x00, Ask(0x05, 1)[0]);
        Send(0x06);
        Assert.Equal(0x02, Ask(0x05, 1)[0]);
        Send(0x04);
        Assert.Equal(0x00, Ask(0x05, 1)[0]);
    }

    [Fact]
    public void Status_registers_take_one_byte_or_several()
    {
        Send(0x01, 0, 0x1C);
        Assert.Equal(0x00, Ask(0x05, 1)[0]);
        Send(0x06);
        Send(0x01, 0, 0x1C, 0x02);
        Assert.Equal([0x1C, 0x02, 0x00], new[] { Ask(0x05, 1)[0], Ask(0x35, 1)[0], Ask(0x15, 1)[0] });
        Send(0x06);
        Send(0x11, 0, 0x60);
        Assert.Equal(0x60, Ask(0x15, 1)[0]);
    }

    [Fact]
    public void Volatile_status_is_gone_after_a_reset()
    {
        Send(0x50);
        Send(0x31, 0, 0x02);
        Assert.Equal(0x02, Ask(0x35, 1)[0]);
        Send(0x99);
        Assert.Equal(0x02, Ask(0x35, 1)[0]);
        Send(0x66);
        Send(0x99);
        Assert.Equal(0x00, Ask(0x35, 1)[0]);
    }

    // Ranges as in the table of the data sheet (W25Q32JV, section 7.1.9).
    [Theory]
    [InlineData(0x04, 0x00, 0x3F_0000, 0x40_0000)]
    [InlineData(0x0C, 0x00, 0x3C_0000, 0x40_0000)]
    [InlineData(0x18, 0x00, 0x20_0000, 0x40_0000)]
    [InlineData(0x1C, 0x00, 0x00_0000, 0x40_0000)]
    [InlineData(0x24, 0x00, 0x00_0000, 0x01_0000)]
    [InlineData(0x34, 0x00, 0x00_0000, 0x10_0000)]
    [InlineData(0x44, 0x00, 0x3F_F000, 0x40_0000)]
    [InlineData(0x50, 0x00, 0x3F_8000, 0x40_0000)]
    [InlineData(0x64, 0x00, 0x00_0000, 0x00_1000)]
    [InlineData(0x04, 0x40, 0x00_0000, 0x3F_0000)]
    [InlineData(0x00, 0x40, 0x00_0000, 0x40_0000)]
    public void Protected_cells_stay_as_they_are(byte status1, byte status2, int from, int to)
    {
        _flash.Status.Write(0, [status1, status2], forGood: true);

        Assert.False(_flash.Status.Protects(from - 1, 1, _flash.Size) && from > 0);
        Assert.True(_flash.Status.Protects(from, 1, _flash.Size));
        Assert.True(_flash.Status.Protects(to - 1, 1, _flash.Size));
        Assert.False(to < _flash.Size && _flash.Status.Protects(to, 1, _flash.Size));

        _flash.Cells.Write((uint)from, [0x55], 0, 1);
        _flash.Program((uint)from, [0x00], 0, 1);
        _flash.EraseSector((uint)from);
        _flash.EraseBlock((uint)from);
        _flash.EraseAll();
        Assert.Equal([0x55], _flash.Read((uint)from, 1));
    }

    [Fact]
    public void Status_written_for_good_survives_the_loss_of_power()
    {
        Send(0x06);
        Send(0x01, 0, 0x1C);
        Send(0x50);
        Send(0x01, 0, 0x04);
        Assert.Equal(0x04, Ask(0x05, 1)[0]);
        _flash.PowerUp();
        Assert.Equal(0x1C, Ask(0x05, 1)[0]);
    }

    [Fact]
    public void Long_addresses_reach_above_16_MB_and_short_ones_do_not()
    {
        var flash = new NorFlash(new FlashPart { Size = 32 << 20 });
        var pins = new NorFlashPins(flash, () => 0, _ => 0);
        void Run(byte opcode, uint address = 0, params byte[] data) => pins.Transfer(opcode, address, data, []);
        byte Read(byte opcode, uint address)
        {
            byte[] answer = new byte[1];
            pins.Transfer(opcode, address, [], answer);
            return answer[0];
        }

        Run(0x06);
        Run(0x12, 0x100_0010, 0x11);
        Run(0x06);
        Run(0x02, 0x100_0010, 0x22);
        Assert.Equal(0x11, Read(0x13, 0x100_0010));
        Assert.Equal(0x22, Read(0x03, 0x100_0010));
        Assert.Equal(0x22, Read(0x13, 0x10));
        Run(0xB7);
        Assert.Equal(0x11, Read(0x03, 0x100_0010));
        Run(0xE9);
        Run(0xC5, 0, 1);
        Assert.Equal(0x11, Read(0x03, 0x10));
        Run(0x06);
        Run(0x21, 0x100_0000);
        Assert.Equal(0xFF, Read(0x13, 0x100_0010));
        Assert.Equal(0x22, Read(0x13, 0x10));
    }

    [Fact]
    public void Sleeping_part_keeps_its_cells_from_everybody()
    {
        _flash.Program(0, [0x00], 0, 1);
        Send(0xB9);
        Assert.Equal([0xFF], _flash.Read(0, 1));
        _flash.Program(0x1000, [0x00], 0, 1);
        _flash.EraseSector(0);
        Send(0xAB);
        Assert.Equal([0x00], _flash.Read(0, 1));
        Assert.Equal([0xFF], _flash.Read(0x1000, 1));
    }

    [Fact]
    public void Part_in_power_down_only_wakes_up()
    {
        Send(0xB9);
        Assert.Equal([0xFF, 0xFF, 0xFF], Ask(0x9F, 3));
        Send(0xAB);
        Assert.Equal([0xEF, 0x40, 0x16], Ask(0x9F, 3));
    }

    [Fact]
    public void Programming_wraps_inside_its_page()
    {
        Send(0x06);
        Send(0x02, 0xFF, 0x11, 0x22);
        Assert.Equal([0x11], _flash.Read(0xFF, 1));
        Assert.Equal([0x22], _flash.Read(0x00, 1));
        Assert.Equal([0xFF], _flash.Read(0x100, 1));
    }

    [Fact]
    public void Busy_part_answers_nothing_but_its_status()
    {
        long now = 0;
        var pins = new NorFlashPins(_flash, () => now, time => time.Ticks);
        pins.Transfer(0x06, 0, [], []);
        pins.Transfer(0x20, 0, [], []);
        byte[] answer = new byte[3];
        pins.Transfer(0x05, 0, [], answer);
        Assert.Equal(0x01, answer[0] & 0x01);
        pins.Transfer(0x9F, 0, [], answer);
        Assert.Equal([0xFF, 0xFF, 0xFF], answer);
        now = TimeSpan.FromMilliseconds(45).Ticks;
        pins.Transfer(0x9F, 0, [], answer);
        Assert.Equal([0xEF, 0x40, 0x16], answer);
    }

    [Theory]
    [InlineData(256 * 1024, 0x12)]
    [InlineData(4 * 1024 * 1024, 0x16)]
    [InlineData(32 * 1024 * 1024, 0x19)]
    [InlineData(64 * 1024 * 1024, 0x20)]
    [InlineData(128 * 1024 * 1024, 0x21)]
    public void Capacity_code_and_SFDP_agree_on_the_size(long size, byte code)
    {
        var part = new FlashPart { Size = size };
        Assert.Equal(code, part.CapacityCode);
        byte[] sfdp = Sfdp.For(part);
        Assert.Equal("SFDP"u8.ToArray(), sfdp[..4]);
        uint table = BitConverter.ToUInt32(sfdp, 0x0C) & 0xFF_FFFF;
        Assert.Equal(size * 8, BitConverter.ToUInt32(sfdp, (int)table + 4) + 1L);
        bool isLong = size > 16 << 20;
        Assert.Equal(isLong ? 1 : 0, sfdp[6]);
        Assert.Equal(isLong ? 1u : 0u, BitConverter.ToUInt32(sfdp, (int)table) >> 17 & 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128 * 1024)]
    [InlineData(3 * 1024 * 1024)]
    [InlineData(256 * 1024 * 1024)]
    public void Size_without_a_code_is_refused(long size) => Assert.Equal(
        ErrorCode.ValueInvalid,
        Assert.Throws<Esp32Exception>(() => new Esp32Simulator(new SimulatorOptions { Chip = "esp32", Flash = new FlashPart { Size = size } })).Code);

    [Theory]
    [MemberData(nameof(FamilyTests.All), MemberType = typeof(FamilyTests))]
    public void Part_answers_through_the_controller_s_registers(string chip)
    {
        Esp32Simulator board = Boards.InLoader(chip);
        using WireHost host = Boards.Synced(board);
        SpiThroughRegisters spi = new(host, board.GetChip().Spi);
        Assert.Equal(0x16_40EFu, spi.Run(0x9F, read: 24));
        Assert.Equal(0x5044_4653u, spi.Run(0x5A, read: 32, address: 0));
        Assert.Equal(0u, spi.Run(0x05, read: 8));
        spi.Run(0x06);
        Assert.Equal(2u, spi.Run(0x05, read: 8));
    }

    [Fact]
    public void Flash_answers_ones_before_it_is_attached()
    {
        Esp32Simulator board = Boards.InLoader();
        using var host = new WireHost(board);
        host.Receive();
        host.Sync();
        Assert.Equal(0xFF_FFFFu, new SpiThroughRegisters(host, board.GetChip().Spi).Run(0x9F, read: 24) & 0xFF_FFFF);
    }

    private void Send(byte command, uint address = 0, params byte[] data) => _pins.Transfer(command, address, data, []);

    private byte[] Ask(byte command, int count)
    {
        byte[] answer = new byte[count];
        _pins.Transfer(command, 0, [], answer);
        return answer;
    }
}
