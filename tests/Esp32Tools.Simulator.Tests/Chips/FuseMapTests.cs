using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Efuse;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>What the eFuse tables say about protection against masks that were written by hand from the manuals.</summary>
public sealed class FuseMapTests
{
    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Fact]
    public void Esp32_locks_and_hides_what_its_manual_says()
    {
        var map = new FuseMap(ChipCatalog.ByName("esp32"), 300);

        Assert.Equal(
            Sorted(
                new(0, 0, 0, 0x000F_0000), new(1, 0, 0, 0x0000_FFFF), new(2, 0, 0, 0x0FF0_0000),
                new(3, 0, 1, 0xFFFF_FFFF), new(3, 0, 2, 0x00FF_FFFF), new(3, 0, 3, 0x0000_000B), new(3, 0, 5, 0x00C0_0000),
                new(4, 0, 4, 0x0000_1FFF), new(5, 0, 4, 0x0001_C000), new(6, 0, 5, 0x000F_FFFF),
                new(10, 0, 3, 0x0000_4000), new(10, 0, 5, 0xF000_0000), new(10, 0, 6, 0x0000_0403),
                new(12, 0, 6, 0x0000_0010), new(13, 0, 6, 0x0000_0020), new(14, 0, 6, 0x0000_0040), new(15, 0, 6, 0x0000_0384)),
            Sorted([.. map.WriteProtection]));
        Assert.Equal(
            Sorted(new(3, 0, 3, 0x0000_4000), new(3, 0, 5, 0xF000_0000), new(3, 0, 6, 0x0000_0403)),
            Sorted([.. map.ReadProtection.Where(hidden => hidden.Block == 0)]));
        Assert.Equal([16, 17, 18, 19], map.ReadDisableBits);
    }

    [Fact]
    public void Esp32C3_locks_what_its_manual_says()
    {
        var map = new FuseMap(ChipCatalog.ByName("esp32c3"), 3);

        // The manual has one bit more under bit 2, 0x8000 for JTAG_SEL_ENABLE, which the tables do not show.
        Assert.Equal(
            Sorted(
                new(0, 0, 1, 0x0000_007F), new(2, 0, 1, 0x0018_5F00), new(3, 0, 2, 0x0003_0000), new(4, 0, 2, 0x001C_0000),
                new(5, 0, 2, 0x0020_0000), new(6, 0, 2, 0x0040_0000), new(7, 0, 2, 0x0080_0000),
                new(8, 0, 2, 0x0F00_0000), new(9, 0, 2, 0xF000_0000),
                new(10, 0, 3, 0x0000_000F), new(11, 0, 3, 0x0000_00F0), new(12, 0, 3, 0x0000_0F00), new(13, 0, 3, 0x0000_F000),
                new(15, 0, 3, 0x0010_0000), new(16, 0, 3, 0x0020_0000),
                new(18, 0, 3, 0xF000_0000), new(18, 0, 4, 0x3FFF_E0F7), new(19, 0, 4, 0x8000_0000), new(19, 0, 5, 0x0000_0003),
                new(30, 0, 1, 0x0600_0000), new(31, 0, 1, 0x0007_0000)),
            Sorted([.. map.WriteProtection]));
        Assert.DoesNotContain(map.ReadProtection, hidden => hidden.Block == 0);
        Assert.Equal(Enumerable.Range(32, 7), map.ReadDisableBits);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Table_has_every_field_that_the_chip_itself_goes_by(string name)
    {
        ChipDefinition chip = ChipCatalog.ByName(name);
        var map = new FuseMap(chip, chip.Factory.Revision);

        Assert.NotNull(map.Find(EfuseRole.DownloadDisable));
        Assert.Equal(chip.Loader.HasSecureDownloadMode, map.Find(EfuseRole.SecureDownload) is not null);
        Assert.All(chip.Factory.Fuses.Keys, fuse => Assert.NotNull(map.Find(fuse)));
        Assert.Contains(chip.Boot.ApplicationStrap, chip.Boot.Modes.Keys);
        Assert.StartsWith("DOWNLOAD", chip.Boot.Modes[chip.Boot.DownloadStrap]);
    }

    private static FuseProtection[] Sorted(params FuseProtection[] masks) =>
        [.. masks.OrderBy(mask => mask.Bit).ThenBy(mask => mask.Block).ThenBy(mask => mask.Word)];
}
