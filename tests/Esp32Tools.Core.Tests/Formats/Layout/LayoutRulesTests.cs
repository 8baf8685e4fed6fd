using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Layout;

public sealed class LayoutRulesTests
{
    private static readonly ChipDefinition s_chip = LayoutSamples.Esp32;
    private static readonly byte[] s_table = LayoutSamples.Table("nvs,data,nvs,0x9000,0x6000", "phy,data,phy,0xf000,0x1000", "app0,app,factory,0x10000,128K", "store,data,spiffs,0x30000,64K");

    public static TheoryData<string> ChipKeys => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(ChipKeys))]
    public void Page_in_place_of_a_bootloader_is_called_so_on_every_chip(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        LayoutFinding finding = Refusal(new FlashSet(chip, [new("boot.bin", chip.Image.BootloaderOffset, "<!DOCTYPE html><html>404</html>"u8.ToArray())]));
        Assert.Equal((ErrorCode.NotAnImage, "boot.bin"), (finding.Code, finding.Target));
        Assert.Contains("a web page", finding.Message);
        Assert.Contains($"0x{chip.Image.BootloaderOffset:X}", finding.Message);
    }

    [Theory]
    [MemberData(nameof(ChipKeys))]
    public void Bootloader_table_and_application_of_every_chip_are_right(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        FlashSet set = new(chip,
        [
            new("boot.bin", chip.Image.BootloaderOffset, LayoutSamples.Bootloader(chip)),
            new("table.bin", 0x8000, s_table),
            new("app.bin", 0x1_0000, LayoutSamples.App(chip)),
        ])
        { FlashSize = 4 << 20 };
        Assert.Empty(LayoutRules.Look(set));
        Assert.Empty(set.InnerImages());
    }

    [Fact]
    public void Page_that_ends_in_front_of_the_bootloader_is_none_of_its_companions() =>
        Assert.Equal(ErrorCode.NotAnImage, Refusal(Set(new SetPart("factory.bin", 0, Encoding.UTF8.GetBytes("<html>Not found</html>")))).Code);

    [Fact]
    public void Archive_that_reaches_over_the_bootloader_is_known_by_its_beginning()
    {
        byte[] zip = LayoutSamples.Noise(50_000, 3);
        new byte[] { (byte)'P', (byte)'K', 3, 4 }.CopyTo(zip, 0);
        Assert.Contains("zip", Refusal(Set(new SetPart("factory.bin", 0, zip))).Message);
    }

    [Theory]
    [InlineData(0u, 0x1000u)]
    [InlineData(0x1000u, 0u)]
    public void Bootloader_at_the_place_of_another_chip_is_misplaced(uint at, uint place)
    {
        ChipDefinition chip = place == 0 ? LayoutSamples.Esp32C3 : s_chip;
        LayoutFinding finding = Refusal(new FlashSet(chip, [new("boot.bin", at, LayoutSamples.Bootloader(chip))]));
        Assert.Equal(ErrorCode.ImageMisplaced, finding.Code);
        Assert.Contains($"0x{place:X}", finding.Message);
    }

    [Fact]
    public void Combined_image_of_another_chip_is_found_behind_its_blank_front()
    {
        SetPart factory = LayoutSamples.Merged("factory.bin", 0, (0x1000, LayoutSamples.Bootloader(s_chip)), (0x8000, s_table));
        Assert.Equal(ErrorCode.ImageForOtherChip, Refusal(new FlashSet(LayoutSamples.Esp32C3, [factory])).Code);
    }

    [Fact]
    public void Combined_image_shows_its_bootloader_and_its_applications()
    {
        SetPart factory = LayoutSamples.Merged(
            "factory.bin", 0, (0x1000, LayoutSamples.Bootloader(s_chip)), (0x8000, s_table), (0x1_0000, LayoutSamples.App(s_chip)));
        Assert.Equal([0x1000u, 0x1_0000u], Set(factory).InnerImages().Select(image => image.Address));
        Assert.Empty(LayoutRules.Look(Set(factory)));
    }

    [Fact]
    public void Combined_image_that_ends_within_its_table_is_cut()
    {
        SetPart factory = LayoutSamples.Merged("factory.bin", 0, (0x1000, LayoutSamples.Bootloader(s_chip)), (0x8000, s_table[..96]));
        Assert.Equal(ErrorCode.ImageTruncated, Refusal(Set(factory)).Code);
    }

    [Fact]
    public void Application_in_a_combined_image_that_is_none_is_told()
    {
        SetPart factory = LayoutSamples.Merged(
            "factory.bin", 0, (0x1000, LayoutSamples.Bootloader(s_chip)), (0x8000, s_table), (0x1_0000, Encoding.UTF8.GetBytes(new string('x', 3000))));
        LayoutFinding finding = Refusal(Set(factory));
        Assert.Equal(ErrorCode.PartitionContent, finding.Code);
        Assert.Contains("'app0'", finding.Message);
    }

    [Fact]
    public void Header_table_and_flash_have_to_agree()
    {
        byte[] large = LayoutSamples.Table("app0,app,factory,0x10000,6M");
        SetPart table = new("table.bin", 0x8000, large);
        SetPart Boot(string size) => new("boot.bin", 0x1000, LayoutSamples.Bootloader(s_chip, size));

        Assert.Equal(ErrorCode.FlashSizeClaim, Refusal(new FlashSet(s_chip, [Boot("16MB")]) { FlashSize = 4 << 20 }).Code);
        Assert.Equal(ErrorCode.PartitionsBeyondFlash, Refusal(new FlashSet(s_chip, [table]) { FlashSize = 4 << 20 }).Code);
        Assert.Equal(ErrorCode.FlashSizeBelowTable, Refusal(Set(Boot("4MB"), table)).Code);
        Assert.Empty(LayoutRules.Look(new FlashSet(s_chip, [Boot("8MB"), table]) { FlashSize = 16 << 20 }));
        Assert.Empty(LayoutRules.Look(Set(Boot("8MB"), table)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Application_has_to_fit_its_partition_wherever_the_table_is(bool isOnDevice)
    {
        SetPart app = new("app.bin", 0x1_0000, LayoutSamples.App(s_chip, 140_000));
        FlashSet set = isOnDevice
            ? new(s_chip, [app]) { DeviceTable = PartitionTable.Parse(s_table) }
            : Set(new SetPart("table.bin", 0x8000, s_table), app);
        Assert.Equal(ErrorCode.PartitionTooSmall, Refusal(set).Code);
    }

    [Fact]
    public void Application_that_runs_into_the_next_slot_is_one_fault()
    {
        byte[] table = LayoutSamples.Table("app0,app,ota_0,0x10000,64K", "app1,app,ota_1,0x20000,64K");
        Assert.Equal(ErrorCode.PartitionTooSmall, Refusal(Set(new SetPart("table.bin", 0x8000, table), new SetPart("app.bin", 0x1_0000, LayoutSamples.App(s_chip, 90_000)))).Code);
        Assert.Single(LayoutRules.Look(Set(new SetPart("table.bin", 0x8000, table), new SetPart("app.bin", 0x1_0000, LayoutSamples.App(s_chip, 90_000)))));
    }

    [Fact]
    public void Several_images_in_one_file_from_an_application_on_are_taken()
    {
        SetPart both = LayoutSamples.Merged("both.bin", 0x1_0000, (0x1_0000, LayoutSamples.App(s_chip)), (0x3_0000, LayoutSamples.Noise(5000, 4)));
        LayoutFinding finding = Assert.Single(LayoutRules.Look(Set(new SetPart("table.bin", 0x8000, s_table), both)));
        Assert.True(finding.IsWarning);
    }

    [Theory]
    [InlineData(0x1_0004u, true, ErrorCode.ImageMisplaced)]
    [InlineData(0x1_0004u, false, ErrorCode.ImageMisplaced)]
    [InlineData(0x1_1000u, true, ErrorCode.ImageMisplaced)]
    [InlineData(0x9000u, true, ErrorCode.PartitionContent)]
    [InlineData(0xF000u, true, ErrorCode.PartitionContent)]
    public void Application_beside_its_partition_is_refused(uint address, bool hasTable, ErrorCode code)
    {
        SetPart app = new("app.bin", address, LayoutSamples.App(s_chip));
        Assert.Equal(code, Refusal(hasTable ? Set(new SetPart("table.bin", 0x8000, s_table), app) : Set(app)).Code);
    }

    [Fact]
    public void Application_in_no_partition_is_odd()
    {
        FlashSet set = Set(new SetPart("table.bin", 0x8000, s_table), new SetPart("app.bin", 0x10_0000, LayoutSamples.App(s_chip)));
        LayoutFinding finding = Assert.Single(LayoutRules.Look(set));
        Assert.Equal((ErrorCode.ImageMisplaced, true), (finding.Code, finding.IsWarning));
    }

    [Fact]
    public void Bootloader_for_an_application_is_a_mix_up()
    {
        FlashSet set = Set(new SetPart("table.bin", 0x8000, s_table), new SetPart("boot.bin", 0x1_0000, LayoutSamples.Bootloader(s_chip)));
        Assert.Equal(ErrorCode.PartitionContent, Refusal(set).Code);
    }

    [Theory]
    [InlineData("{ \"flash_files\": { \"0x1000\": \"boot.bin\" } }")]
    [InlineData("\u007fELF\u0001\u0001\u0001")]
    public void Files_for_tools_are_refused_at_any_address(string text) =>
        Assert.Equal(ErrorCode.NotAnImage, Refusal(Set(new SetPart("file", 0x20_0000, Encoding.UTF8.GetBytes(text)))).Code);

    [Fact]
    public void Text_of_a_table_is_no_table() =>
        Assert.Equal(ErrorCode.PartitionTableMissing, Refusal(Set(new SetPart("partitions.csv", 0x8000, "nvs,data,nvs,0x9000,24K\n"u8.ToArray()))).Code);

    [Fact]
    public void Damaged_table_is_refused()
    {
        byte[] damaged = (byte[])s_table.Clone();
        damaged[8] ^= 1;
        Assert.Equal(ErrorCode.PartitionTableInvalid, Refusal(Set(new SetPart("table.bin", 0x8000, damaged))).Code);
    }

    [Fact]
    public void Noise_may_be_encrypted_and_is_only_told()
    {
        byte[] noise = LayoutSamples.Noise(20_000, 5);
        LayoutFinding finding = Assert.Single(LayoutRules.Look(Set(new SetPart("boot.bin", 0x1000, noise))));
        Assert.Equal((ErrorCode.NotAnImage, true), (finding.Code, finding.IsWarning));
        Assert.Empty(LayoutRules.Look(Set(new SetPart("boot.bin", 0x1000, noise) { IsOpaque = true })));
    }

    [Fact]
    public void Random_bytes_that_begin_as_an_image_does_are_none()
    {
        byte[] digest = LayoutSamples.Noise(192, 6);
        digest[0] = 0xE9;
        digest[1] = 0xFF;
        Assert.Empty(LayoutRules.Look(Set(new SetPart("digest.bin", 0, digest))));
        SetPart reflash = LayoutSamples.Merged("reflash-digest.bin", 0, (0, digest), (0x1000, LayoutSamples.Bootloader(s_chip)));
        Assert.Empty(LayoutRules.Look(Set(reflash)));

        byte[] encrypted = LayoutSamples.Noise(20_000, 7);
        encrypted[0] = 0xE9;
        encrypted[1] = 0xFF;
        encrypted[12] = 0x77;
        Assert.True(Assert.Single(LayoutRules.Look(Set(new SetPart("boot.bin", 0x1000, encrypted)))).IsWarning);
        Assert.Equal(ErrorCode.ImageInvalid, Refusal(Set(new SetPart("boot.bin", 0x1000, [0xE9, 0xFF, .. LayoutSamples.Bootloader(s_chip)[2..]]))).Code);
    }

    [Fact]
    public void Partition_is_looked_at_by_the_same_rules()
    {
        Partition nvs = PartitionTable.Parse(s_table).Find("nvs");
        Partition app = PartitionTable.Parse(s_table).Find("app0");
        IEnumerable<ErrorCode> Codes(Partition partition, byte[] data) => LayoutRules.LookAtPartition(s_chip, partition, "x.bin", data).Select(finding => finding.Code);
        Assert.Equal([ErrorCode.PartitionContent], Codes(nvs, LayoutSamples.App(s_chip, 4000)));
        Assert.Equal([ErrorCode.PartitionContent], Codes(app, LayoutSamples.Bootloader(s_chip)));
        Assert.Equal([ErrorCode.PartitionContent], Codes(app, Encoding.UTF8.GetBytes("<html></html>")));
        Assert.Empty(Codes(app, LayoutSamples.App(s_chip)));
    }

    private static FlashSet Set(params SetPart[] parts) => new(s_chip, parts);

    private static LayoutFinding Refusal(FlashSet set)
    {
        LayoutFinding finding = Assert.Single(LayoutRules.Look(set), found => !found.IsWarning);
        Assert.NotEmpty(finding.Advice);
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
        return finding;
    }
}
