using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class EfuseTests
{
    private static readonly byte[] s_counting = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    // efuse-rules.md, section 3.
    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "a04c470d3ffcb203dae9f413")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "e10f626eafecc5fbc6e0972f")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "44774376dc1f07545c7fd561")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "13a36292597404257375e0aa")]
    public void Reed_Solomon_check_bytes_are_those_of_the_rules(string data, string check) =>
        Assert.Equal(check, Convert.ToHexStringLower(ReedSolomon.Encode(Convert.FromHexString(data))[32..]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void Up_to_six_wrong_bytes_are_put_right(int wrong)
    {
        var random = new Random(wrong);
        for (int round = 0; round < 50; round++)
        {
            byte[] data = new byte[32];
            random.NextBytes(data);
            byte[] good = ReedSolomon.Encode(data);
            byte[] damaged = (byte[])good.Clone();
            foreach (int at in Enumerable.Range(0, 44).OrderBy(_ => random.Next()).Take(wrong))
            {
                damaged[at] ^= (byte)random.Next(1, 256);
            }

            Assert.Equal(wrong, ReedSolomon.Correct(damaged));
            Assert.Equal(good, damaged);
        }
    }

    [Fact]
    public void Too_many_wrong_bytes_are_seen_as_such()
    {
        byte[] damaged = ReedSolomon.Encode(s_counting);
        for (int at = 0; at < 20; at++)
        {
            damaged[2 * at] ^= 0xA5;
        }

        Assert.Null(ReedSolomon.Correct(damaged));
    }

    [Theory]
    [InlineData("000102030405", "000102030405011e")]
    [InlineData("060708090a0b", "060708090a0b012f")]
    [InlineData("ffffffffffff", "ffffffffffff00a8")]
    public void Three_quarter_check_bytes_are_those_of_the_rules(string data, string coded) =>
        Assert.Equal(coded, Convert.ToHexStringLower(ThreeQuarterCode.Encode(Convert.FromHexString(data))[..8]));

    [Fact]
    public void Fuses_only_go_from_zero_to_one()
    {
        using EfuseHost host = new("esp32c3");
        host.Burn(0, [0, 0, 0x0000_0003]);
        host.Burn(0, [0, 0, 0x0000_0004]);
        Assert.Equal(0x7u, host.Word(0, 2));
    }

    [Fact]
    public void Nothing_burns_without_the_key_and_nothing_shows_without_a_read()
    {
        using EfuseHost host = new("esp32c3");
        host.Load([0, 0, 1]);
        host.Command(0, 2);
        host.Refresh();
        Assert.Equal(0u, host.Word(0, 2));
        host.Command(0x5A5A, 2);
        Assert.Equal(0u, host.Word(0, 2));
        host.Refresh();
        Assert.Equal(1u, host.Word(0, 2));
    }

    [Fact]
    public void Read_registers_take_no_writes()
    {
        using EfuseHost host = new("esp32");
        uint before = host.Word(0, 1);
        host.Wire.WriteRegister(0x3FF5_A004, ~before);
        Assert.Equal(before, host.Word(0, 1));
    }

    [Theory]
    [InlineData("esp32c3", 4, 23, 0)]
    [InlineData("esp32c3", 9, 28, 5)]
    public void Key_block_of_a_newer_chip_can_be_locked_and_hidden(string chip, int block, int writeBit, int readBit)
    {
        using EfuseHost host = new(chip);
        host.BurnCoded(block, s_counting);
        Assert.Equal(0x0302_0100u, host.Word(block, 0));
        host.Burn(0, [1u << writeBit, 1u << readBit]);
        Assert.Equal(0u, host.Word(block, 0));
        byte[] before = host.Board.ReadEfuseBlock(block);
        host.BurnCoded(block, [.. Enumerable.Repeat((byte)0xFF, 32)]);
        Assert.Equal(before, host.Board.ReadEfuseBlock(block));
    }

    [Fact]
    public void Locked_field_of_block_0_keeps_its_value_and_its_neighbours_do_not()
    {
        using EfuseHost host = new("esp32c3");
        host.Burn(0, [1u << 8]);
        host.Burn(0, [0, 0, 0x4F00_0000]);
        Assert.Equal(0x4000_0000u, host.Word(0, 2));
    }

    [Fact]
    public void Locked_read_disable_mask_cannot_hide_any_more()
    {
        using EfuseHost host = new("esp32c3");
        host.BurnCoded(4, s_counting);
        host.Burn(0, [1]);
        host.Burn(0, [0, 1]);
        Assert.Equal(0x0302_0100u, host.Word(4, 0));
    }

    [Fact]
    public void Second_burn_of_a_coded_block_is_a_coding_error()
    {
        using EfuseHost host = new("esp32c3");
        host.BurnCoded(4, s_counting);
        Assert.Equal(0u, host.Wire.ReadRegister(0x6000_89C0));
        host.BurnCoded(4, [.. Enumerable.Repeat((byte)0xF0, 32)]);
        uint errors = host.Wire.ReadRegister(0x6000_89C0);
        Assert.NotEqual(0u, errors >> 12 & 7);
        Assert.Equal(1u, errors >> 19 & 1);
    }

    [Fact]
    public void Wrong_check_bytes_are_counted_and_put_right()
    {
        using EfuseHost host = new("esp32c3");
        byte[] coded = ReedSolomon.Encode(s_counting);
        coded[40] ^= 0x01;
        coded[3] ^= 0x80;
        host.Burn(5, [.. EfuseHost.Words(coded)]);
        Assert.Equal(2u, host.Wire.ReadRegister(0x6000_89C0) >> 16 & 7);
        Assert.Equal(0x0302_0100u, host.Word(5, 0));
    }

    [Fact]
    public void Stale_words_of_another_block_burn_along_on_the_ESP32()
    {
        using EfuseHost host = new("esp32");
        host.Wire.WriteRegister(0x3FF5_A0D8, 0x1234);
        host.BurnEsp32(1, [0xABCD]);
        Assert.Equal(0xABCDu, host.Word(1, 0));
        Assert.Equal(0x1234u, host.Word(3, 0));
    }

    [Fact]
    public void ESP32_key_can_be_locked_and_hidden()
    {
        using EfuseHost host = new("esp32");
        host.BurnEsp32(1, [0xABCD]);
        host.Wire.WriteRegister(0x3FF5_A098, 0);
        host.BurnEsp32(0, [(1u << 7) | (1u << 16)]);
        Assert.Equal(0u, host.Word(1, 0));
        host.BurnEsp32(1, [0xFFFF_FFFF]);
        Assert.Equal(0xABCDu, BitConverter.ToUInt32(host.Board.ReadEfuseBlock(1)));
    }

    [Fact]
    public void Three_quarter_coding_is_taken_apart_when_it_is_read()
    {
        using EfuseHost host = new("esp32");
        host.BurnEsp32(0, [0, 0, 0, 0, 0, 0, 1]);
        host.BurnEsp32(1, [.. EfuseHost.Words(ThreeQuarterCode.Encode(s_counting[..24]))]);
        Assert.Equal(0x0302_0100u, host.Word(1, 0));
        Assert.Equal(0x1716_1514u, host.Word(1, 5));
        Assert.Equal(0u, host.Wire.ReadRegister(0x3FF5_A11C) & 0xFFF);
        host.Wire.WriteRegister(0x3FF5_A098, 0);
        host.BurnEsp32(2, [0x1234]);
        Assert.NotEqual(0u, host.Wire.ReadRegister(0x3FF5_A11C) & 0x0F0);
    }

    [Theory]
    [InlineData("esp32", 300)]
    [InlineData("esp32", 101)]
    [InlineData("esp32", 0)]
    [InlineData("esp32c3", 3)]
    [InlineData("esp32c3", 101)]
    public void Chip_is_of_the_revision_and_has_the_address_it_was_made_with(string chip, int revision)
    {
        byte[] mac = [0x24, 0x0A, 0xC4, 0x12, 0x34, 0x56];
        var options = new SimulatorOptions { Chip = chip, Revision = revision, Mac = mac };
        using WireHost host = Boards.Synced(Boards.InLoader(chip, options));
        ChipDefinition facts = ChipCatalog.ByName(chip);
        uint raw = facts.Place(EfuseRole.MajorRevision).Read(host.ReadRegister);
        if (chip == "esp32")
        {
            // Bit 31 of the APB controller's date register.
            raw |= host.ReadRegister(0x3FF6_607C) >> 31 << 2;
        }

        int major = facts.Identity.MajorRevisionMap is { } map ? map.GetValueOrDefault(raw) : (int)raw;
        Assert.Equal(revision, (100 * major) + (int)facts.Place(EfuseRole.MinorRevision).Read(host.ReadRegister));
        uint low = facts.Place(EfuseRole.FactoryMac).Parts[0].Register;
        Assert.Equal(0xC412_3456u, host.ReadRegister(low));
        Assert.Equal(0x240Au, host.ReadRegister(low + 4) & 0xFFFF);
        Assert.Equal(chip == "esp32" ? 0xF5u : 0u, host.ReadRegister(low + 4) >> 16);
    }

    [Fact]
    public void File_of_espefuse_is_of_the_right_length_or_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[100]);
            Esp32Exception refused = Assert.Throws<Esp32Exception>(() => new Esp32Simulator(new SimulatorOptions { Chip = "esp32", EfusePath = path }));
            Assert.Equal(ErrorCode.SimulatorStateInvalid, refused.Code);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
