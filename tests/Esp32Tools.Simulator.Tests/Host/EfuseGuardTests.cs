using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>No write to memory burns eFuses unless it is lifted by its own id, whichever way it goes to the controller.</summary>
public sealed class EfuseGuardTests
{
    private const int UserBlock = 3;
    private const uint ProgramKey = 0x5A5A;
    private const uint ProgramCommand = 2;

    // Everything but the one id that lifts it.
    private static readonly MemoryWriteOptions s_others = new() { Allow = [.. RefusalCatalog.MemoryWrite.Codes.Where(code => code != ErrorCode.EfuseRegisters)] };

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Registers_that_would_burn_a_block_are_lifted_by_their_own_id_alone(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        foreach (uint controller in Bases(bench.Chip))
        {
            byte[][] before = Fuses(bench);
            foreach ((uint address, uint value) in Burn(bench.Chip, controller))
            {
                Refused(ErrorCode.EfuseRegisters, () => Write(device, address, [value], s_others));
                Refused(ErrorCode.EfuseRegisters, () => WriteBytes(device, address, BitConverter.GetBytes(value), s_others));
            }

            Assert.Equal(before, Fuses(bench));
        }
    }

    // The same words do burn where the id is lifted: what the tests beside this one refuse is not harmless by chance.
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void The_same_words_burn_when_they_are_lifted(string chip, LoaderKind loader)
    {
        foreach (uint controller in Bases(ChipCatalog.Find(chip)!))
        {
            using var bench = new HostBench(chip, loader);
            using Esp32Device device = bench.Connect();
            byte[][] before = Fuses(bench);
            foreach ((uint address, uint value) in Burn(bench.Chip, controller))
            {
                Write(device, address, [value], new() { Allow = [ErrorCode.EfuseRegisters] });
            }

            Assert.NotEqual(before[UserBlock], bench.Board.Efuse.Fuses[UserBlock]);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void A_range_that_only_runs_into_the_controller_is_refused(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        byte[][] before = Fuses(bench);
        foreach (uint start in Bases(bench.Chip))
        {
            uint last = start + (uint)bench.Chip.Efuse.Window - 4;
            Refused(ErrorCode.EfuseRegisters, () => Write(device, start - 4, [0, 0], s_others));
            Refused(ErrorCode.EfuseRegisters, () => Write(device, start - 2, [0], s_others));
            Refused(ErrorCode.EfuseRegisters, () => Write(device, start + 1, [0], s_others));
            Refused(ErrorCode.EfuseRegisters, () => Write(device, last, [0], s_others));
            Refused(ErrorCode.EfuseRegisters, () => Write(device, last, [0, 0], s_others));
            Refused(ErrorCode.EfuseRegisters, () => WriteBytes(device, start - 0x100, new byte[0x400], s_others));
            Refused(ErrorCode.Misaligned, () => WriteBytes(device, start - 1, new byte[2], s_others));
        }

        Assert.Equal(before, Fuses(bench));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void A_range_never_wraps_and_an_unknown_address_may_be_the_controller_again(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        byte[][] before = Fuses(bench);
        Refused(ErrorCode.AddressUnmapped, () => Write(device, 0xFFFF_FFFC, [0, 0], new() { Allow = RefusalCatalog.MemoryWrite.Codes }));
        Refused(ErrorCode.AddressUnmapped, () => MemoryReader.Read(device, 0xFFFF_FFFC, 8, RefusalCatalog.MemoryRead.Codes, null, CancellationToken.None));

        uint[] mirrors = [.. new uint[] { 0x1000_0000, 0x4000_0000, 0x8000_0000, 0xC000_0000, 0x0800_0000 }
            .Select(bits => bench.Chip.Efuse.Base ^ bits)
            .Where(address => !bench.Board.Machine.Bus.IsMapped(address))];
        Assert.NotEmpty(mirrors);
        foreach (uint mirror in mirrors)
        {
            Refused(ErrorCode.AddressUnmapped, () => Write(device, mirror, [0], new()));
            Assert.Contains("may be", Refused(ErrorCode.EfuseRegisters, () => Write(device, mirror + bench.Chip.Efuse.Command, [0], s_others)).Message);
            Refused(ErrorCode.EfuseRegisters, () => Write(device, mirror - 8, [0, 0, 0], s_others));
            Assert.True(MemoryWriter.ReachesEfuses(device, mirror, 4));
        }

        Assert.Equal(before, Fuses(bench));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Image_for_RAM_has_no_segment_in_the_controller(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        byte[][] before = Fuses(bench);
        uint code = RamFirmware.CodeAddress(bench.Chip);
        foreach (uint controller in Bases(bench.Chip))
        {
            (uint, byte[])[] burn = [.. Burn(bench.Chip, controller).Select(word => (word.Address, BitConverter.GetBytes(word.Value)))];
            byte[] image = RamFirmware.Build(bench.Chip, code, [(code, new byte[4]), .. burn.Take(1), .. burn.TakeLast(2)]);

            Refused(ErrorCode.ImageNotForRam, () => RamImagePlan.Make(device, image, "ram.bin", RefusalCatalog.RamImage.Codes, CancellationToken.None));
        }

        Assert.Equal(before, Fuses(bench));
    }

    [Fact]
    public void No_chip_has_RAM_where_its_eFuse_controller_answers()
    {
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            foreach (uint start in Bases(chip))
            {
                Assert.DoesNotContain(chip.MemoryMap, region => region.IsRam && region.Start < start + (uint)chip.Efuse.Window && region.End > start);
                Assert.True(chip.Efuse.Window >= chip.Efuse.RegisterSpace, chip.Name);
            }
        }
    }

    // What a register beside the controller takes, nobody asks about.
    [Theory]
    [InlineData("esp32c6", 0x600B_0C00u)]
    [InlineData("esp32c3", 0x6000_9000u)]
    [InlineData("esp32", 0x3FF5_B000u)]
    [InlineData("esp32s3", 0x6000_8000u)]
    public void What_lies_behind_the_controller_is_written_as_before(string chip, uint address)
    {
        using var bench = new HostBench(chip);
        using Esp32Device device = bench.Connect();

        Assert.False(MemoryWriter.ReachesEfuses(device, address, 4));
        MemoryWriter.Require(device, address, 4, new());
    }

    private static IEnumerable<uint> Bases(ChipDefinition chip) => chip.Efuse.Aliases.Prepend(chip.Efuse.Base);

    // Efuse rules, sections 1 and 2: data, key, command.
    private static (uint Address, uint Value)[] Burn(ChipDefinition chip, uint controller)
    {
        EfuseFacts efuse = chip.Efuse;
        uint data = efuse.Generation == EfuseGeneration.Esp32 ? efuse.Blocks[UserBlock].WriteOffset : 0;
        uint command = efuse.Generation == EfuseGeneration.Esp32 ? ProgramCommand : ProgramCommand | (UserBlock << 2);
        return [(controller + data, 0x0000_0001), (controller + efuse.Conf, ProgramKey), (controller + efuse.Command, command)];
    }

    private static byte[][] Fuses(HostBench bench) => [.. bench.Board.Efuse.Fuses.Select(block => (byte[])block.Clone())];

    private static void Write(Esp32Device device, uint address, uint[] values, MemoryWriteOptions options) =>
        MemoryWriter.WriteWords(device, address, values, uint.MaxValue, options, CancellationToken.None);

    private static void WriteBytes(Esp32Device device, uint address, byte[] data, MemoryWriteOptions options) =>
        MemoryWriter.WriteBytes(device, address, data, options, null, CancellationToken.None);

    private static Esp32Exception Refused(ErrorCode code, Action action)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(action);
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Advice);
        return error;
    }
}
