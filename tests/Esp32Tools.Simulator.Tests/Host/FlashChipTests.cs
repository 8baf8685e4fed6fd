using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>What a flash memory says about itself, and its status registers, on every chip, through both loaders.</summary>
public sealed class FlashChipTests
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Flash_memory_is_described(string chip, LoaderKind loader)
    {
        var part = new FlashPart { Manufacturer = 0xC8, Size = 8 << 20, UniqueId = 0x8877_6655_4433_2211 };
        using var bench = new HostBench(chip, loader, options => options with { Flash = part });
        using Esp32Device device = bench.Connect();

        FlashChipInfo info = FlashChipReader.Read(device, CancellationToken.None);

        Assert.Equal(("GigaDevice", 0xC8, 0x4017), (info.Manufacturer, info.ManufacturerId, info.DeviceId));
        Assert.Equal("1122334455667788", info.UniqueId);
        Assert.Equal(8 << 20, info.Size);
        Assert.Equal(8 << 20, info.Sfdp!.Size);
        Assert.Contains(new FlashEraseType(4096, 0x20), info.Sfdp.GetEraseTypes());
        Assert.Contains(new FlashEraseType(65536, 0xD8), info.Sfdp.GetEraseTypes());
        Assert.False(info.IsProtected);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.Chips), MemberType = typeof(HostMatrix))]
    public void Part_without_parameters_is_described_by_its_id(string chip)
    {
        using var bench = new HostBench(chip, LoaderKind.Rom, options => options with { Flash = new FlashPart { HasSfdp = false } });
        using Esp32Device device = bench.Connect();

        FlashChipInfo info = FlashChipReader.Read(device, CancellationToken.None);

        Assert.Null(info.Sfdp);
        Assert.Null(info.QuadEnabled);
        Assert.Equal(4 << 20, info.Size);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Status_that_is_to_last_lasts(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using (Esp32Device device = bench.Connect())
        {
            uint before = Status(device);
            FlashStatusResult result = Set(device, 0x1C, registers: 1);

            Assert.Equal((before, (before & 0xFF_FF00) | 0x1C, true, true), (result.Before, result.After, result.Changed, result.Verified));
            Assert.False(Set(device, 0x1C, registers: 1).Changed);
        }

        using (Esp32Device device = bench.Connect())
        {
            Assert.Equal(0x1Cu, Status(device) & 0xFF);
            Assert.True(FlashChipReader.Read(device, CancellationToken.None).IsProtected);
            uint all = Set(device, 0x60_0200, registers: 3).After;
            Assert.Equal(0x60_0200u, all);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Volatile_status_is_gone_after_a_reset_of_the_flash(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        uint stored;
        using (Esp32Device device = bench.Connect())
        {
            stored = Set(device, 0x00, registers: 1).After;
            Assert.Equal(stored | 0x0C, Set(device, 0x0C, registers: 1, isVolatile: true).After);

            // To last, what is stored counts, and that is not what was set for a while.
            FlashStatusPlan plan = FlashStatusWriter.Plan(device, 0x0C, 1, isVolatile: false, CancellationToken.None);
            Assert.Equal(stored, plan.Before);
            Assert.True(plan.IsNeeded);
        }

        using (Esp32Device device = bench.Connect())
        {
            Assert.Equal(stored, Status(device));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Registers_that_were_not_asked_for_stay_as_they_are(bool together)
    {
        using var bench = new HostBench("esp32c3", options: options => options with { Flash = new FlashPart { WritesStatusTogether = together } });
        using Esp32Device device = bench.Connect();

        Assert.Equal(0x0200u, Set(device, 0x0200, registers: 2).After);
        Assert.Equal(0x0208u, Set(device, 0x08, registers: 1).After);
        Assert.Equal(0x0010u, Set(device, 0x0010, registers: 2).After);
        Assert.Equal(0x0214u, Set(device, 0x0214, registers: 2, isVolatile: true).After);
    }

    [Theory]
    [InlineData("lose@WRITE_REG:12")]
    [InlineData("lose@READ_REG:9")]
    [InlineData("corrupt@tohost:300")]
    public void Status_is_right_though_an_answer_is_lost_or_damaged(string fault)
    {
        using var bench = new HostBench("esp32");
        using Esp32Device device = bench.Connect();
        uint before = Status(device);
        bench.Board.Arm(FaultPlan.Parse(fault));

        Assert.Equal((before & 0xFF_FF00) | 0x1C, Set(device, 0x1C, registers: 1).After);
    }

    [Fact]
    public void Value_that_does_not_fit_its_registers_is_refused()
    {
        using var bench = new HostBench("esp32");
        using Esp32Device device = bench.Connect();
        foreach ((uint value, int registers) in new[] { (0x100u, 1), (0x1_0000u, 2), (0x100_0000u, 3), (0u, 0), (0u, 4) })
        {
            Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(
                () => FlashStatusWriter.Plan(device, value, registers, false, CancellationToken.None));
            Assert.Equal(ErrorCode.ValueInvalid, error.Code);
        }
    }

    [Fact]
    public void Secure_download_mode_does_not_reach_the_flash_memory()
    {
        using var bench = new HostBench("esp32c3");
        bench.BurnSecureDownload();
        using Esp32Device device = bench.Connect();

        Assert.Equal(ErrorCode.SecureDownloadMode, Assert.ThrowsAny<Esp32Exception>(() => Status(device)).Code);
        Assert.Equal(ErrorCode.SecureDownloadMode, Assert.ThrowsAny<Esp32Exception>(() => Set(device, 0, 1)).Code);
    }

    private static uint Status(Esp32Device device) => FlashChipReader.Read(device, CancellationToken.None).Status;

    private static FlashStatusResult Set(Esp32Device device, uint value, int registers, bool isVolatile = false) => FlashStatusWriter.Write(
        device, FlashStatusWriter.Plan(device, value, registers, isVolatile, CancellationToken.None), CancellationToken.None);
}
