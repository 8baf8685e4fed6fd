using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Layout;

/// <summary>Sets in the shape that builds and vendors give them: none is refused, and none is even odd.</summary>
public sealed class RealShapedSetTests
{
    private const int MB = 1 << 20;

    private static readonly string[] s_twoSlots =
        ["nvs,data,nvs,0x9000,20K", "otadata,data,ota,0xe000,8K", "app0,app,ota_0,0x10000,1280K", "app1,app,ota_1,0x150000,1280K", "spiffs,data,spiffs,0x290000,1408K", "coredump,data,coredump,0x3f0000,64K"];

    private static readonly Dictionary<string, FlashSet> s_sets = new()
    {
        ["ESP-IDF, one application"] = Set(
            "esp32", Boot("esp32"), Table("nvs,data,nvs,0x9000,24K", "phy_init,data,phy,0xf000,4K", "factory,app,factory,0x10000,1M"), App("esp32")),
        ["ESP-IDF, two slots and otadata"] = Set(
            "esp32c3", Boot("esp32c3"), Table(s_twoSlots), new("ota_data_initial.bin", 0xE000, Blank(0x2000)), App("esp32c3")),
        ["ESP-IDF, bootloader at 0x2000"] = Set("esp32p4", Boot("esp32p4"), Table(s_twoSlots), App("esp32p4")),
        ["ESP-IDF, table moved to 0x9000"] = Set(
            "esp32", Boot("esp32"),
            new("partition-table.bin", 0x9000, LayoutSamples.Table(0x9000, "nvs,data,nvs,0xa000,24K", "factory,app,factory,0x10000,1M")), App("esp32")),
        ["ESP-IDF, table moved to 0x10000"] = Set(
            "esp32", Boot("esp32"),
            new("partition-table.bin", 0x1_0000, LayoutSamples.Table(0x1_0000, "nvs,data,nvs,,24K", "factory,app,factory,0x20000,1M")), App("esp32", 0x2_0000)),
        ["ESP-IDF, no digest behind the bootloader"] = Set(
            "esp32", new("bootloader.bin", 0x1000, LayoutSamples.Bootloader(Chip("esp32"), hasHash: false)), Table(s_twoSlots), App("esp32")),
        ["ESP-IDF, storage image"] = Set("esp32", Table(s_twoSlots), new("storage.bin", 0x29_0000, LayoutSamples.Noise(1408 << 10, 1))),
        ["ESP-IDF, application alone"] = Set("esp32", App("esp32")),
        ["ESP-IDF, application alone onto the table of the device"] = OnDevice("esp32", s_twoSlots, App("esp32", 0x15_0000)),
        ["ESP-IDF, signed for secure boot v1, digest in front"] = Set(
            "esp32", LayoutSamples.Merged("bootloader-reflash-digest.bin", 0, (0, LayoutSamples.Noise(192, 2)), (0x1000, LayoutSamples.Bootloader(Chip("esp32")))),
            Table(s_twoSlots), App("esp32")),
        ["ESP-IDF, digest of secure boot v1 alone"] = Set("esp32", new SetPart("digest.bin", 0, LayoutSamples.Noise(192, 3))),
        ["ESP-IDF, encrypted on the PC"] = Set(
            "esp32", Encrypted("bootloader.bin", 0x1000, 20_000), Encrypted("table.bin", 0x8000, 0x1000), Encrypted("app.bin", 0x1_0000, 200_000)),
        ["Arduino, four files"] = Set(
            "esp32", Boot("esp32"), Table(s_twoSlots), new("boot_app0.bin", 0xE000, BootApp0()), App("esp32")),
        ["Arduino, merged to the size of the flash"] = Set(
            "esp32", Full("sketch.merged.bin", 4 * MB, (0x1000, Boot("esp32").Data), (0x8000, Table(s_twoSlots).Data), (0xE000, BootApp0()), (0x1_0000, App("esp32").Data))),
        ["PlatformIO, with a file system"] = Set(
            "esp32s3", Boot("esp32s3", "8MB"), Table("nvs,data,nvs,0x9000,20K", "otadata,data,ota,0xe000,8K", "app0,app,ota_0,0x10000,0x330000", "app1,app,ota_1,0x340000,0x330000", "spiffs,data,spiffs,0x670000,0x180000"),
            new("boot_app0.bin", 0xE000, BootApp0()), App("esp32s3"), new("littlefs.bin", 0x67_0000, LayoutSamples.Noise(0x18_0000, 4))),
        ["ESPHome, factory image of an ESP32"] = Set(
            "esp32", LayoutSamples.Merged("firmware.factory.bin", 0, (0x1000, Boot("esp32").Data), (0x8000, Table(s_twoSlots).Data), (0x9000, BootApp0()), (0x1_0000, App("esp32").Data))),
        ["ESPHome, factory image of an ESP32-C3"] = Set(
            "esp32c3", LayoutSamples.Merged("firmware.factory.bin", 0, (0, Boot("esp32c3").Data), (0x8000, Table(s_twoSlots).Data), (0xE000, BootApp0()), (0x1_0000, App("esp32c3").Data))),
        ["MicroPython of an ESP32, from 0x1000 on"] = Set(
            "esp32", LayoutSamples.Merged("ESP32_GENERIC.bin", 0x1000, (0x1000, Boot("esp32").Data), (0x8000, MicroPython), (0x1_0000, App("esp32").Data))),
        ["MicroPython of an ESP32-S3, from 0 on"] = Set(
            "esp32s3", LayoutSamples.Merged("ESP32_GENERIC_S3.bin", 0, (0, Boot("esp32s3").Data), (0x8000, MicroPython), (0x1_0000, App("esp32s3").Data))),
        ["Tasmota, with a safeboot application"] = Set(
            "esp32", LayoutSamples.Merged(
                "tasmota32.factory.bin", 0, (0x1000, Boot("esp32").Data),
                (0x8000, LayoutSamples.Table("nvs,data,nvs,0x9000,0x5000", "otadata,data,ota,0xe000,0x2000", "safeboot,app,factory,0x10000,832K", "app0,app,ota_0,0xE0000,2880K", "spiffs,data,spiffs,0x3b0000,320K")),
                (0xE000, BootApp0()), (0x1_0000, App("esp32").Data), (0xE_0000, App("esp32").Data))),
        ["WLED, file system untouched"] = Set("esp32", Boot("esp32"), Table(s_twoSlots), App("esp32")),
        ["Zephyr, MCUboot and an image of its own"] = Set(
            "esp32", new SetPart("mcuboot.bin", 0x1000, LayoutSamples.Bootloader(Chip("esp32"))), new SetPart("zephyr.signed.bin", 0x2_0000, [0x3D, 0xB8, 0xF3, 0x96, .. new byte[5000]])),
        ["A whole flash that was read before"] = Set(
            "esp32", Full("dump.bin", 4 * MB, (0x1000, Boot("esp32").Data), (0x8000, Table(s_twoSlots).Data), (0xE000, BootApp0()), (0x1_0000, App("esp32").Data), (0x15_0000, App("esp32").Data))),
        ["Erased flash for a slot"] = OnDevice("esp32", s_twoSlots, new SetPart("blank.bin", 0x15_0000, Blank(0x1000))),
        ["Data for nvs"] = OnDevice("esp32", s_twoSlots, new SetPart("nvs.bin", 0x9000, Blank(0x5000))),
    };

    public static TheoryData<string> Names => [.. s_sets.Keys];

    private static byte[] MicroPython => LayoutSamples.Table("nvs,data,nvs,0x9000,0x6000", "phy_init,data,phy,0xf000,0x1000", "factory,app,factory,0x10000,0x1F0000", "vfs,data,fat,0x200000,0x200000");

    [Theory]
    [MemberData(nameof(Names))]
    public void Set_that_starts_is_taken_without_a_word(string name)
    {
        FlashSet set = s_sets[name];
        Assert.Empty(LayoutRules.Look(set));
        Assert.All(set.InnerImages(), image => Assert.True(FirmwareImage.Parse(image.Data).IsIntact, image.Name));
    }

    private static FlashSet Set(string chip, params SetPart[] parts) => new(Chip(chip), parts) { FlashSize = 8 * MB };

    private static FlashSet OnDevice(string chip, string[] table, params SetPart[] parts) =>
        new(Chip(chip), parts) { FlashSize = 4 * MB, DeviceTable = PartitionTable.Parse(LayoutSamples.Table(table)) };

    private static ChipDefinition Chip(string name) => ChipCatalog.ByName(name);

    private static SetPart Boot(string chip, string size = "4MB") =>
        new("bootloader.bin", Chip(chip).Image.BootloaderOffset, LayoutSamples.Bootloader(Chip(chip), size));

    private static SetPart Table(params string[] lines) => new("partitions.bin", 0x8000, LayoutSamples.Table(lines));

    private static SetPart App(string chip, uint address = 0x1_0000) => new("app.bin", address, LayoutSamples.App(Chip(chip)));

    private static SetPart Encrypted(string name, uint address, int length) => new(name, address, LayoutSamples.Noise(length, (int)address)) { IsOpaque = true };

    private static SetPart Full(string name, int size, params (uint Address, byte[] Data)[] parts)
    {
        SetPart merged = LayoutSamples.Merged(name, 0, parts);
        return merged with { Data = [.. merged.Data, .. Blank(size - merged.Data.Length)] };
    }

    private static byte[] Blank(int length) => [.. Enumerable.Repeat((byte)0xFF, length)];

    // Two sectors that choose the first slot.
    private static byte[] BootApp0()
    {
        byte[] bytes = Blank(0x2000);
        new byte[] { 1, 0, 0, 0 }.CopyTo(bytes, 0);
        new byte[] { 0x9A, 0x98, 0x43, 0x47 }.CopyTo(bytes, 28);
        return bytes;
    }
}
