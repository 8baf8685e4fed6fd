using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Esp32Tools.Tests.Shared.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>What a connection does otherwise from chip to chip.</summary>
public sealed class ChipFamilyTests
{
    private static readonly ConnectOptions s_rom = new() { UseStub = false, BaudRate = 115200 };
    private static readonly ConnectOptions s_stub = new() { BaudRate = 115200 };

    [Fact]
    public void Twelve_bytes_of_security_information_are_asked_for_once()
    {
        var chip = new FamilyChip("esp32s2");
        using Esp32Device device = Connect(chip, s_rom);
        Assert.Same(chip.Definition, device.GetChip());
        Assert.Single(chip.Sent(LoaderCommand.GetSecurityInfo));
    }

    [Fact]
    public void Chip_that_keeps_its_number_in_secure_download_mode_is_known_by_that()
    {
        var chip = new FamilyChip("esp32s2", flags: 0x04);
        using Esp32Device device = Connect(chip, s_stub);
        Assert.Equal((chip.Definition, true, false), (device.GetChip(), device.IsSecureDownloadMode, device.IsStub));
        Assert.Empty(chip.Sent(LoaderCommand.ReadRegister));
    }

    [StubTheory]
    [InlineData("esp32p4", 103, "esp32p4-rev1")]
    [InlineData("esp32p4", 300, "esp32p4")]
    [InlineData("esp32c2", 100, "esp32c2")]
    public void Stub_is_the_one_for_the_revision(string key, int revision, string stub)
    {
        FamilyChip chip = new FamilyChip(key).WithRevision(revision);
        using Esp32Device device = Connect(chip, s_stub);
        Assert.True(device.IsStub);
        Assert.Equal(StubStore.Get(stub).Entry, FamilyChip.Word(chip.Sent(LoaderCommand.MemEnd).Single(), 1));
    }

    [Theory]
    [InlineData("esp32c2", 0u, "revision v0.0")]
    [InlineData("esp32c3", 0x01u, "Secure boot")]
    [InlineData("esp32h21", 0u, "no flasher stub for the ESP32-H21")]
    public void Where_no_stub_works_the_rom_is_worked_through_and_that_is_said(string key, uint flags, string reason)
    {
        List<string> log = [];
        using Esp32Device device = Connect(new FamilyChip(key, flags: flags).WithRevision(0), s_stub with { Log = log.Add });
        Assert.False(device.IsStub);
        Assert.Contains(reason, Assert.Single(log));
    }

    [StubTheory]
    [InlineData("esp32s3")]
    public void Stub_is_started_through_a_function_of_the_rom_under_secure_boot(string key)
    {
        const uint Before = 0x4000_1234;
        var chip = new FamilyChip(key, flags: 0x01) { StartsStubByPointer = true };
        uint pointer = chip.Definition.Loader.StubStartPointer!.Value;
        chip.With(pointer, Before);
        using Esp32Device device = Connect(chip, s_stub);
        Assert.True(device.IsStub);
        Assert.Equal((1u, 0u), (FamilyChip.Word(chip.Sent(LoaderCommand.MemEnd).Single(), 0), FamilyChip.Word(chip.Sent(LoaderCommand.MemEnd).Single(), 1)));
        Assert.Equal([(pointer, StubStore.Get(key).Entry, uint.MaxValue), (pointer, Before, uint.MaxValue)], chip.Writes);
    }

    [Theory]
    [InlineData("esp32c2", 26, 0, 460800 * 40 / 26)]
    [InlineData("esp32c2", 40, 0, 460800)]
    [InlineData("esp32c5", 48, 40, 460800 * 40 / 48)]
    [InlineData("esp32c5", 40, 48, 460800 * 48 / 40)]
    [InlineData("esp32c5", 48, 48, 460800)]
    [InlineData("esp32c5", 48, 0, 460800)]
    [InlineData("esp32c6", 40, 0, 460800)]
    public void Rom_that_goes_by_another_crystal_is_told_a_rate_in_proportion(string key, uint crystal, uint assumed, uint told)
    {
        var chip = new FamilyChip(key);
        chip.With(chip.Definition.Uart.ClockDivider, crystal * 1_000_000 / 115200).With(0x6009_6110, assumed << 24);
        chip.Rom.FollowsBaudRate = false;
        using Esp32Device device = Connect(chip, s_rom with { BaudRate = 460800 });
        Assert.Equal(told, FamilyChip.Word(chip.Sent(LoaderCommand.ChangeBaudRate).Single(), 0));
        Assert.Equal(460800, device.BaudRate);
    }

    [Theory]
    [InlineData("esp32c2", 115200)]
    [InlineData("esp32c5", 115200)]
    [InlineData("esp32c6", 460800)]
    public void Baud_rate_stays_in_secure_download_mode_where_the_chip_cannot_change_it(string key, int expected)
    {
        using Esp32Device device = Connect(new FamilyChip(key, flags: 0x04), s_stub with { BaudRate = 460800 });
        Assert.Equal(expected, device.BaudRate);
    }

    [StubTheory]
    [InlineData("esp32s2")]
    [InlineData("esp32s3")]
    [InlineData("esp32p4")]
    public void Blocks_are_small_on_the_chips_own_otg_port(string key)
    {
        FamilyChip chip = new FamilyChip(key, UsbOf(key)).WithRevision(300);
        using Esp32Device device = Connect(chip, s_stub);
        Assert.True(device.IsStub);
        Assert.All(chip.Sent(LoaderCommand.MemData), block => Assert.True(FamilyChip.Word(block, 0) <= 0x800));
        Assert.Equal(0x800, device.GetLoader().Dialect.FlashBlockSize);
    }

    [Theory]
    [InlineData("esp32s2", 0u, 0u, true)]
    [InlineData("esp32s2", 1u, 0u, false)]
    [InlineData("esp32s2", 0u, 1u, false)]
    [InlineData("esp32s3", 0u, 0u, true)]
    [InlineData("esp32p4", 1u, 1u, true)]
    public void Otg_port_is_left_by_the_watchdog_where_the_reset_line_does_not_do(string key, uint strap, uint forced, bool watchdog)
    {
        var chip = new FamilyChip(key, UsbOf(key));
        UsbFacts usb = chip.Definition.Usb;
        chip.With(usb.FlashBootStrap!, strap).With(usb.ForceDownload!, forced);
        Esp32Device device = Connect(chip, s_rom);
        int lines = chip.Port.Lines.Count;
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        Assert.Equal(watchdog, chip.Writes.Any(write => write.Register == chip.Definition.Watchdog!.Config1));
        Assert.Equal(watchdog, !chip.Port.Lines.Skip(lines).Any(line => line.RequestToSend));
    }

    [Fact]
    public void Bit_that_asks_for_the_loader_is_cleared_before_the_reset()
    {
        var chip = new FamilyChip("esp32s3");
        Esp32Device device = Connect(chip, s_rom);
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        Assert.Equal([(0x6000_812Cu, 0u, 1u)], chip.Writes);
        Assert.True(chip.Port.Lines[^2].RequestToSend);
    }

    [Fact]
    public void Port_that_the_application_never_brings_back_is_no_failure()
    {
        var chip = new FamilyChip("esp32c3", new TransportTraits { VendorId = 0x303A, ProductId = 0x1001, HasBaudRate = false });
        Esp32Device device = Connect(chip, s_rom);
        int before = chip.Port.Lines.Count;
        chip.Port.LinesSet = (_, _) => chip.Port.IsLost = chip.Port.Lines.Count > before + 1;
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        Assert.True(chip.Port.IsDisposed);
        Assert.InRange(chip.Port.ReopenCount, 0, 20);
    }

    [Theory]
    [InlineData(300, 0u, 0u, 0)]
    [InlineData(301, 0u, 0u, 8)]
    [InlineData(302, 0u, 0u, 8)]
    [InlineData(302, 1u, 3u, 1)]
    [InlineData(302, 1u, 1u, 0)]
    public void Flash_supply_is_switched_on_where_the_silicon_leaves_it_off(int revision, uint byItself, uint bits, int steps)
    {
        FamilyChip chip = new FamilyChip("esp32p4").WithRevision(revision);
        chip.With(BitField.At(0x5012_D034, 16), byItself).With(0x5011_53FC, bits);
        using Esp32Device device = Connect(chip, s_rom);
        Assert.Equal(steps, chip.Writes.Count(write => write.Register != chip.Definition.Uart.Date));
    }

    [Fact]
    public void Mac_is_widened_to_an_eui64_by_what_stands_beside_it()
    {
        var chip = new FamilyChip("esp32c6");
        uint mac = chip.Definition.Place(EfuseRole.FactoryMac).Parts[0].Register;
        chip.With(mac, 0xF9F7_2CA2).With(mac + 4, 0xFFFE_6055);
        using Esp32Device device = Connect(chip, s_rom);
        DeviceIdentity identity = device.ReadIdentity(CancellationToken.None);
        Assert.Equal(("60:55:f9:f7:2c:a2", "60:55:f9:ff:fe:f7:2c:a2"), (identity.Mac, identity.Eui64));
    }

    [Fact]
    public void Memory_in_the_package_is_told_with_its_maker()
    {
        var chip = new FamilyChip("esp32s3");
        foreach ((EfuseRole role, uint value) in new[] { (EfuseRole.FlashCapacity, 1u), (EfuseRole.FlashVendor, 2u), (EfuseRole.PsramCapacity, 4u), (EfuseRole.PsramVendor, 1u) })
        {
            chip.With(chip.Definition.Place(role), value);
        }

        using Esp32Device device = Connect(chip, s_rom);
        DeviceIdentity identity = device.ReadIdentity(CancellationToken.None);
        Assert.Equal(new EmbeddedMemory(1, 8 << 20, "GD"), identity.EmbeddedFlash);
        Assert.Equal(new EmbeddedMemory(4, 4 << 20, "AP_3v3"), identity.EmbeddedPsram);
        Assert.Equal(["Embedded Flash 8MB (GD)", "Embedded PSRAM 4MB (AP_3v3)"], identity.Features.TakeLast(2));
    }

    [Theory]
    [InlineData(1u, 1u, 0)]
    [InlineData(1u, 0u, 200)]
    public void First_silicon_of_the_S3_is_told_by_its_block_version(uint blockMajor, uint blockMinor, int expected)
    {
        var chip = new FamilyChip("esp32s3");
        chip.WithRevision(200)
            .With(chip.Definition.Place(EfuseRole.BlockVersionMajor), blockMajor)
            .With(chip.Definition.Place(EfuseRole.BlockVersionMinor), blockMinor);
        using Esp32Device device = Connect(chip, s_rom);
        Assert.Equal(expected, device.ReadIdentity(CancellationToken.None).Revision);
    }

    private static Esp32Device Connect(FamilyChip chip, ConnectOptions options) => DeviceConnector.Connect(chip.Port, options, CancellationToken.None);

    private static TransportTraits UsbOf(string key) =>
        new() { VendorId = 0x303A, ProductId = ChipCatalog.ByName(key).ImageChipId, HasBaudRate = false };
}
