using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>What is written is looked at as the chip will look at it; what is refused has touched nothing.</summary>
public sealed class LayoutTests
{
    private static readonly byte[] s_page = Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>Not Found</body></html>\n");

    public static TheoryData<string> ChipKeys => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(ChipKeys))]
    public void Page_for_a_bootloader_is_refused_until_its_id_is_lifted(string chip)
    {
        using var bench = new HostBench(chip);
        FlashImage page = new("bootloader.bin", bench.Chip.Image.BootloaderOffset, s_page);
        RefusedUntilLifted(bench, ErrorCode.NotAnImage, page);
    }

    [Theory]
    [InlineData("damaged", ErrorCode.ImageInvalid)]
    [InlineData("cut", ErrorCode.ImageTruncated)]
    [InlineData("application", ErrorCode.ImageInvalid)]
    public void Combined_image_is_looked_into(string how, ErrorCode code)
    {
        using var bench = new HostBench("esp32");
        byte[] factory = Factory(bench.Chip);
        factory[how == "application" ? 0x1_5000 : 0x2000] ^= (byte)(how == "cut" ? 0 : 1);
        factory = how == "cut" ? factory[..0x3000] : factory;
        RefusedUntilLifted(bench, code, new FlashImage("factory.bin", 0, factory));
    }

    [Fact]
    public void Combined_image_of_another_chip_is_refused()
    {
        using var bench = new HostBench("esp32c3");
        Assert.Equal(ErrorCode.ImageForOtherChip, Code(() => bench.Write([new("factory.bin", 0, Factory(ChipCatalog.ByName("esp32")))])));
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Settings_reach_the_bootloader_inside_of_a_combined_image(string chip)
    {
        using var bench = new HostBench(chip);
        FlashWriteResult result = Assert.Single(bench.Write([new("factory.bin", 0, Factory(bench.Chip))], new() { FlashSize = "2MB", FlashMode = "qio", Allow = [ErrorCode.FlashSizeBelowTable] }));
        Assert.True(result.Verified);
        Assert.Null(result.HeaderNote);
        Assert.Equal([0, 0x10], bench.Board.ReadFlash(bench.Chip.Image.BootloaderOffset + 2, 2));
    }

    [Fact]
    public void Header_that_claims_more_than_the_flash_has_is_refused_unless_the_size_is_put_right()
    {
        using var bench = new HostBench("esp32");
        FlashImage boot = HostFirmware.For(bench.Chip)[0];
        byte[] large = new Esp32Tools.Formats.Images.ImageHeaderPatch { FlashSize = "16MB" }.Apply(boot.Data, boot.Address, bench.Chip).Data;
        FlashImage claim = boot with { Data = large };
        Assert.Equal(ErrorCode.FlashSizeClaim, Code(() => bench.Write([claim])));
        Assert.True(Assert.Single(bench.Write([claim], new() { DetectFlashSize = true })).Verified);
    }

    [Fact]
    public void Table_beyond_the_flash_is_refused()
    {
        using var bench = new HostBench("esp32");
        RefusedUntilLifted(bench, ErrorCode.PartitionsBeyondFlash, new FlashImage("table.bin", 0x8000, Table("app0,app,ota_0,0x10000,6M", "app1,app,ota_1,,6M")));
    }

    [Theory]
    [InlineData(0x1_0004u, ErrorCode.ImageMisplaced)]
    [InlineData(0x9000u, ErrorCode.PartitionContent)]
    public void Application_beside_its_partition_is_refused_by_the_table_of_the_device(uint address, ErrorCode code)
    {
        using var bench = new HostBench("esp32");
        bench.Board.LoadFlash(0x8000, HostFirmware.For(bench.Chip)[1].Data);
        RefusedUntilLifted(bench, code, HostFirmware.For(bench.Chip)[2] with { Address = address });
    }

    [Fact]
    public void Application_larger_than_its_partition_is_refused_by_the_table_of_the_device_unless_that_goes()
    {
        using var bench = new HostBench("esp32");
        bench.Board.LoadFlash(0x8000, Table("app0,app,factory,0x10000,64K", "store,data,spiffs,0x20000,64K"));
        FlashImage app = HostFirmware.For(bench.Chip)[2];
        RefusedUntilLifted(bench, ErrorCode.PartitionTooSmall, app);

        bench.Board.LoadFlash(0x8000, Table("app0,app,factory,0x10000,64K"));
        Assert.True(Assert.Single(bench.Write([app], new() { EraseAll = true })).Verified);
    }

    [Fact]
    public void Encrypted_bytes_of_a_chip_that_decrypts_are_not_looked_at()
    {
        using var bench = new HostBench("esp32c3");
        bench.Burn(bench.Chip.Place(EfuseRole.EncryptionCount), 1);
        FlashImage[] images = [new("boot.enc", 0, HostFirmware.Noise(0x5000, 1)), new("short.enc", 0x1_0000, [1, 2, 3, 4, .. new byte[12]])];
        using Esp32Device device = bench.Connect();
        Assert.Empty(FlashWriter.Plan(device, images, new() { Allow = [ErrorCode.FlashEncrypted] }, CancellationToken.None).Warnings);
    }

    [Fact]
    public void Bytes_that_may_be_encrypted_are_written_with_a_word()
    {
        using var bench = new HostBench("esp32");
        using Esp32Device device = bench.Connect();
        FlashWritePlan plan = FlashWriter.Plan(device, [new("boot.enc", 0x1000, HostFirmware.Noise(0x5000, 1))], new(), CancellationToken.None);
        Assert.Contains("encrypted", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Partition_takes_no_file_of_another_kind_and_says_which()
    {
        using var bench = new HostBench("esp32");
        var table = PartitionTable.Parse(HostFirmware.For(bench.Chip)[1].Data);
        using Esp32Device device = bench.Connect();
        Esp32Exception Refusal(string name, byte[] data) => Assert.ThrowsAny<Esp32Exception>(
            () => PartitionWriter.Plan(device, table, [new PartitionData(name, "file.bin", data)], null, new(), CancellationToken.None));

        Esp32Exception page = Refusal("factory", s_page);
        Assert.Equal((ErrorCode.PartitionContent, true), (page.Code, page.IsLiftable));
        Assert.Contains("a web page", page.Message);
        Esp32Exception elf = Refusal("storage", [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, 0]);
        Assert.Equal((ErrorCode.NotAnImage, true), (elf.Code, elf.IsLiftable));
    }

    private static byte[] Factory(ChipDefinition chip)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, 0x20_0000)];
        IReadOnlyList<FlashImage> images = HostFirmware.For(chip);
        foreach (FlashImage image in images)
        {
            image.Data.CopyTo(bytes, image.Address);
        }

        return bytes[..(int)(images[2].Address + images[2].Data.Length)];
    }

    private static byte[] Table(params string[] lines) => PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(string.Join("\n", lines))).ToBytes();

    private static void RefusedUntilLifted(HostBench bench, ErrorCode code, FlashImage image)
    {
        byte[] before = bench.Flash();
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write([image]));
        Assert.Equal(code, error.Code);
        Assert.True(error.IsLiftable);
        Assert.NotEmpty(error.Advice);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(before), $"the flash has changed although {code}");
        Assert.True(Assert.Single(bench.Write([image], new() { Allow = [code] })).Verified);
    }

    private static ErrorCode Code(Action work) => Assert.ThrowsAny<Esp32Exception>(work).Code;
}
