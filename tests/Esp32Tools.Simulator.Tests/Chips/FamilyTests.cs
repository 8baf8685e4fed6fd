using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>What every virtual chip has to do, whichever it is, in its own way.</summary>
public sealed class FamilyTests
{
    private const byte ReadRegister = 0x0A;
    private const byte SecurityInfo = 0x14;
    private const uint Data = 0x5A5A_5A5A;

    public static TheoryData<string> All => Where(_ => true);

    public static TheoryData<string> WithSecurityInfo => Where(chip => chip.Loader.RomSecurityInfoLength > 0);

    public static TheoryData<string> WithSecureDownload => Where(chip => chip.Loader.HasSecureDownloadMode);

    public static TheoryData<string> WithKeyBlocks => Where(chip => chip.Efuse.Blocks.Any(block => block.HasPurpose));

    public static TheoryData<string> WithPointer => Where(chip => chip.Loader.StubStartPointer is not null);

    public static TheoryData<string, int> WithCrystals
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => chip.Crystal.IsMeasured))
            {
                foreach (int crystal in chip.Crystal.ChoicesMHz)
                {
                    cases.Add(chip.Key, crystal);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string, uint> WithPackagedFlash
    {
        get
        {
            TheoryData<string, uint> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (uint code in chip.Identity.Flash?.Megabytes.Keys ?? [])
                {
                    cases.Add(chip.Key, code);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Chip_is_told_by_its_magic_word_or_by_its_id(string name)
    {
        (Esp32Simulator board, WireHost host) = InLoader(name);
        if (board.GetChip().MagicValue is uint magic)
        {
            Assert.Equal(magic, host.ReadRegister(ChipDefinition.MagicRegister));
        }
        else
        {
            byte[] info = host.Ask(SecurityInfo)[0];
            Assert.Equal((uint)board.GetChip().ImageChipId, BitConverter.ToUInt32(info, 8 + 12));
        }
    }

    [Theory]
    [MemberData(nameof(WithSecurityInfo))]
    public void Security_information_follows_the_fuses(string name)
    {
        (Esp32Simulator board, WireHost host) = InLoader(name);
        byte[] blank = host.Ask(SecurityInfo)[0];
        Assert.Equal(8 + board.GetChip().Loader.RomSecurityInfoLength + 4, blank.Length);
        Assert.Equal(0u, BitConverter.ToUInt32(blank, 8));

        board.Burn("SECURE_BOOT_EN", 1);
        board.Burn("SPI_BOOT_CRYPT_CNT", 3);
        board.Burn("DIS_PAD_JTAG", "HARD_DIS_JTAG", 1);
        byte[] info = host.Ask(SecurityInfo)[0];

        Assert.Equal((1u << 0) | (1u << 7), BitConverter.ToUInt32(info, 8));
        Assert.Equal(3, info[8 + 4]);
    }

    [Theory]
    [MemberData(nameof(WithKeyBlocks))]
    public void Key_purposes_are_told(string name)
    {
        (Esp32Simulator board, WireHost host) = InLoader(name);
        board.Burn("KEY_PURPOSE_0", 4);
        board.Burn("KEY_PURPOSE_4", 9);

        byte[] info = host.Ask(SecurityInfo)[0];

        Assert.Equal([4, 0, 0, 0, 9], info[13..18]);
    }

    [Theory]
    [MemberData(nameof(WithSecureDownload))]
    public void Secure_download_mode_leaves_what_it_has_to(string name)
    {
        (Esp32Simulator board, WireHost host) = InLoader(name);
        board.Burn("ENABLE_SECURITY_DOWNLOAD", 1);

        Assert.Equal([1, 5], Status(host.Ask(ReadRegister, ChipDefinition.MagicRegister)));
        Assert.Equal([1, 5], Status(host.Ask(0x10, 0, 0, 0x400, 0, 0)));
        Assert.Equal([0, 0], Status(host.Ask(0x02, 0, 0, 0x400, 0, 0)));
        Assert.Equal(4u, BitConverter.ToUInt32(host.Ask(SecurityInfo)[0], 8) & 4);
        Assert.Equal(board.GetChip().Loader.ChangesBaudRateInSecureDownload ? [0, 0] : [1, 5], Status(host.Ask(0x0F, 115200, 0)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Closed_loader_gives_way_to_the_application(string name)
    {
        (Esp32Simulator board, WireHost _) = InLoader(name);
        board.Burn(board.GetChip().FieldName(EfuseRole.DownloadDisable), 1);
        board.PowerCycle();
        Assert.Equal(nameof(BoardState.Application), board.State);
    }

    [Theory]
    [MemberData(nameof(WithCrystals))]
    public void Rate_named_to_the_rom_comes_out_as_its_idea_of_the_crystal_makes_it(string name, int crystal)
    {
        Esp32Simulator board = Boards.InLoader(name, new SimulatorOptions { Chip = name, CrystalMHz = crystal });
        using WireHost host = Boards.Synced(board);
        Assert.Equal((uint)(crystal * 1_000_000 / 115200), host.ReadRegister(board.GetChip().Uart.ClockDivider));
        if (board.GetChip().Loader.RomCrystalMHz is not { } assumed)
        {
            return;
        }

        uint romCrystal = assumed(host.ReadRegister);
        host.Ask(0x0F, 230400, 0);

        Assert.Equal((int)(230400 * (long)crystal / romCrystal), board.Machine.Uart.BaudRate);
    }

    [Theory]
    [MemberData(nameof(WithPointer))]
    public void Secure_boot_leaves_a_function_pointer_as_the_way_into_the_stub(string name)
    {
        (Esp32Simulator board, WireHost host) = InLoader(name);
        board.Burn("SECURE_BOOT_EN", 1);
        uint entry = Boards.StubAddress(board.GetChip());
        host.StartStub(entry);
        Assert.Equal(nameof(BoardState.RomLoader), board.State);

        Assert.Equal([0, 0], Status(host.Ask(0x06, 1, 0)));
        host.WriteRegister(board.GetChip().Loader.StubStartPointer!.Value, entry);
        host.Ask(0x0E, 0, 0);

        Assert.Equal(nameof(BoardState.Stub), board.State);
    }

    [Theory]
    [MemberData(nameof(WithPackagedFlash))]
    public void Flash_in_the_package_is_the_flash_of_the_board(string name, uint code)
    {
        ChipDefinition chip = ChipCatalog.ByName(name);
        Esp32Simulator board = Boards.InLoader(name);
        uint rest = code;
        foreach (BitPart part in chip.Place(chip.Identity.Flash!.Capacity).Parts)
        {
            EfuseBlockFacts block = chip.Efuse.Blocks.Last(one => chip.Efuse.Base + one.ReadOffset <= part.Register);
            byte[] data = board.Efuse.DataOf(block.Index);
            int at = (int)(part.Register - chip.Efuse.Base - block.ReadOffset);
            uint mask = ((1u << part.Width) - 1) << part.Shift;
            BitConverter.TryWriteBytes(data.AsSpan(at), (BitConverter.ToUInt32(data, at) & ~mask) | (rest << part.Shift & mask));
            board.Efuse.Store(block.Index, data);
            rest >>= part.Width;
        }

        board.Efuse.Refresh();

        Assert.Equal((long)chip.Identity.Flash.Megabytes[code] << 20, PackagedFlash.Of(chip, board.Efuse)?.Size);
    }

    [Fact]
    public void Halves_of_a_key_block_are_hidden_one_by_one()
    {
        foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => chip.Efuse.Blocks.Any(block => block.UpperHalfReadDisableBit is not null)))
        {
            EfuseBlockFacts block = chip.Efuse.Blocks.First(one => one.UpperHalfReadDisableBit is not null);
            uint start = chip.Efuse.Base + block.ReadOffset;
            int lower = block.ReadDisableBit!.Value;
            int upper = block.UpperHalfReadDisableBit!.Value;
            foreach ((uint disabled, uint expectedLow, uint expectedHigh) in new[] { (1u << upper, Data, 0u), (1u << lower, 0u, Data), (1u << upper | 1u << lower, 0u, 0u) })
            {
                (Esp32Simulator board, WireHost host) = InLoader(chip.Key);
                board.Efuse.Store(block.Index, [.. Enumerable.Repeat((byte)(Data & 0xFF), 32)]);
                board.Burn("RD_DIS", disabled);
                Assert.Equal((expectedLow, expectedHigh), (host.ReadRegister(start + 12), host.ReadRegister(start + 16)));
            }
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public void Flash_without_supply_says_nothing_until_it_is_switched_on(int revision)
    {
        foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => chip.Spi.PowerUp is not null))
        {
            Esp32Simulator board = Boards.InLoader(chip.Key, new SimulatorOptions { Chip = chip.Key, Revision = revision });
            using WireHost host = Boards.Synced(board);
            var spi = new SpiThroughRegisters(host, chip.Spi);
            Assert.Equal(0xFF_FFFFu, spi.Run(0x9F, read: 24) & 0xFF_FFFF);
            foreach (RegisterStep step in chip.Spi.PowerUp!(new EfuseView(chip, revision, host.ReadRegister)))
            {
                host.Ask(0x09, step.Register, step.Value, step.Mask, step.MicrosecondsAfter);
            }

            Assert.Equal(new FlashPart().JedecId, spi.Run(0x9F, read: 24));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Digest_leaves_its_digits_behind_the_status_of_the_next_reply(string chip)
    {
        Esp32Simulator board = Boards.InLoader(chip);
        using WireHost host = Boards.Synced(board);
        Assert.Equal([0, 0], host.Ask(0x0D, 0, 0)[0][^2..]);
        byte[] digest = host.Ask(0x13, 0, 0x1000, 0, 0)[0];
        Assert.Equal([0, 0, 0, 0], digest[^4..]);
        Assert.Equal([0, 0, digest[10], digest[11]], host.Ask(0x0D, 0, 0)[0][^4..]);
        Assert.Equal([1, 5, digest[10], digest[11]], host.Ask(0x0F, 0)[0][^4..]);
    }

    private static TheoryData<string> Where(Func<ChipDefinition, bool> takes) => [.. ChipCatalog.All.Where(takes).Select(chip => chip.Key)];

    private static (Esp32Simulator Board, WireHost Host) InLoader(string chip)
    {
        Esp32Simulator board = Boards.InLoader(chip);
        return (board, Boards.Synced(board));
    }

    private static byte[] Status(List<byte[]> replies) => Assert.Single(replies)[^4..^2];
}
