using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Efuse;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>The moment from which a burned fuse closes the loader: efuse-rules.md, section 4.</summary>
public sealed class LoaderClosingTests
{
    public static TheoryData<string, EfuseRole> ClosingFuses
    {
        get
        {
            TheoryData<string, EfuseRole> fuses = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (EfuseRole role in new[] { EfuseRole.SecureDownload, EfuseRole.DownloadDisable }.Where(chip.Efuse.Has))
                {
                    fuses.Add(chip.Key, role);
                }
            }

            return fuses;
        }
    }

    [Theory]
    [MemberData(nameof(ClosingFuses))]
    public void Loader_closes_with_the_next_read_command_and_not_with_the_burn(string chip, EfuseRole role)
    {
        using EfuseHost efuse = new(chip);
        FuseBits fuse = efuse.Board.Efuse.Map.Find(role)!;
        uint register = efuse.Board.GetChip().Efuse.Base + efuse.Board.GetChip().Efuse.Blocks[0].ReadOffset;
        uint[] words = new uint[efuse.Board.GetChip().Efuse.Blocks[0].Words];
        words[fuse.Bits[0] / 32] = 1u << (fuse.Bits[0] % 32);
        efuse.BurnWithoutReading(words);
        Assert.Equal([0, 0], Status(efuse.Wire.Ask(0x0A, register)[0]));

        efuse.Wire.WriteRegister(efuse.Board.GetChip().Efuse.Base + efuse.Board.GetChip().Efuse.Conf, 0x5AA5);
        byte[] closed = chip == "esp32" ? [0, 0] : [1, 5];
        byte[] reply = efuse.Wire.Ask(0x09, efuse.Board.GetChip().Efuse.Base + efuse.Board.GetChip().Efuse.Command, 1, uint.MaxValue, 0)[0];
        Assert.Equal(0x09, reply[1]);
        Assert.Equal(closed, Status(reply));
        Assert.Equal(closed, Status(efuse.Wire.Ask(0x0A, register)[0]));

        efuse.Board.PowerCycle();
        Assert.Equal(role == EfuseRole.SecureDownload ? nameof(BoardState.RomLoader) : nameof(BoardState.Application), efuse.Board.State);
    }

    private static byte[] Status(byte[] reply) => reply[^4..^2];
}
