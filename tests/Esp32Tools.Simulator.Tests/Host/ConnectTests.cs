using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Link.Reset;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Tests.Shared.Loader;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

public sealed class ConnectTests
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Session_knows_chip_flash_and_loader(string chip, LoaderKind loader)
    {
        byte[] mac = [0x24, 0x0A, 0xC4, 0x01, 0x02, 0x03];
        using var bench = new HostBench(chip, loader, options => options with { Mac = mac });
        using Esp32Device device = bench.Connect();

        Esp32DeviceInfo info = Esp32DeviceInfo.Read(device, CancellationToken.None);

        Assert.Equal(bench.Chip.Name, info.Chip);
        Assert.Equal(loader.ToString(), info.Loader);
        Assert.Equal("24:0a:c4:01:02:03", info.Mac);
        Assert.Equal(bench.Board.Machine.CrystalMHz, info.CrystalMHz);
        Assert.Equal(460800, info.BaudRate);
        Assert.Equal(new FlashPart().JedecId, info.FlashId);
        Assert.Equal("Winbond", info.FlashManufacturer);
        Assert.Equal(4 << 20, info.FlashSize);
        Assert.False(info.FlashEncryption || info.SecureDownloadMode);
        Assert.Equal(0, info.SecureBoot);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Any_usual_baud_rate_carries_a_write(string chip, LoaderKind loader)
    {
        foreach (int rate in new[] { 9600, 115200, 230400, 921600, 1_500_000, 2_000_000 })
        {
            using var bench = new HostBench(chip, loader);
            var image = new FlashImage("noise", 0x2_0000, HostFirmware.Noise(20_000, rate));
            using Esp32Device device = bench.Connect(bench.Options with { BaudRate = rate });

            FlashWriteResult result = Assert.Single(FlashWriter.Write(device, [image], new(), null, CancellationToken.None));

            Assert.Equal(rate, device.BaudRate);
            Assert.True(result.Verified && bench.Holds(image));
        }
    }

    // 1280 counts of the 8 MHz oscillator say 26 MHz, 1920 a clock that seems to be 39 (protocol.md, section 8).
    [Theory]
    [InlineData(26, 1280)]
    [InlineData(26, 1310)]
    [InlineData(40, 1920)]
    [InlineData(40, 1860)]
    public void Clock_that_the_Esp32_rom_gets_wrong_is_made_up_for(int crystal, uint counts) =>
        ClockIsMadeUpFor(crystal, counts, LoaderKind.Rom);

    [StubTheory]
    [InlineData(26, 1280)]
    public void Clock_that_the_Esp32_rom_gets_wrong_is_made_up_for_in_the_stub(int crystal, uint counts) =>
        ClockIsMadeUpFor(crystal, counts, LoaderKind.Stub);

    [StubTheory]
    [MemberData(nameof(HostMatrix.ChipsWithStub), MemberType = typeof(HostMatrix))]
    public void Stub_that_was_left_running_is_found_again_at_its_rate(string chip)
    {
        using var bench = new HostBench(chip, LoaderKind.Stub);
        bench.Connect(bench.Options with { BaudRate = 921600 }).Close(LeaveMode.StayInStub, CancellationToken.None);
        Assert.Equal(nameof(BoardState.Stub), bench.Board.State);

        var image = new FlashImage("noise", 0x2_0000, HostFirmware.Noise(20_000, 1));
        var options = new ConnectOptions { Before = ConnectReset.NoReset, BaudRate = 921600 };
        using Esp32Device device = bench.Connect(options);

        Assert.True(device.IsStub);
        Assert.Equal(bench.Chip, device.GetChip());
        Assert.True(Assert.Single(FlashWriter.Write(device, [image], new(), null, CancellationToken.None)).Verified);
        Assert.True(bench.Holds(image));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Reset_sequence_of_ones_own_is_used(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        var sequence = ResetSequence.Parse("D0|R1|W0.1|D1|R0|W0.05|D0");

        using Esp32Device device = bench.Connect(bench.Options with { ResetSequence = sequence });

        Assert.Equal(bench.Chip, device.GetChip());
    }

    [Theory]
    [MemberData(nameof(HostMatrix.Chips), MemberType = typeof(HostMatrix))]
    public void Sequence_that_resets_into_the_application_is_seen_as_that(string chip)
    {
        using var bench = new HostBench(chip);
        var sequence = ResetSequence.Parse("D0|R1|W0.1|R0|W0.1");

        Fails(bench, bench.Options with { ResetSequence = sequence }, ErrorCode.WrongBootMode);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.Chips), MemberType = typeof(HostMatrix))]
    public void Sequence_that_resets_nothing_gets_no_answer(string chip)
    {
        using var bench = new HostBench(chip);

        Fails(bench, bench.Options with { ResetSequence = ResetSequence.Parse("W0.1") }, ErrorCode.NoAnswer);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Another_chip_than_the_expected_one_is_refused(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        foreach (ChipDefinition other in ChipCatalog.All)
        {
            if (other.Key != chip)
            {
                Fails(bench, bench.Options with { Chip = other }, ErrorCode.ChipMismatch);
            }
        }
    }

    [Fact]
    public void Port_of_an_open_session_is_in_use()
    {
        using var bench = new HostBench("esp32");
        using Esp32Device device = bench.Connect();

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Connect());

        Assert.Equal(ErrorCode.PortInUse, error.Code);
        Assert.True(bench.Board.IsOpen);
    }

    private static void ClockIsMadeUpFor(int crystal, uint counts, LoaderKind loader)
    {
        using var bench = new HostBench("esp32", loader, options => options with
        {
            CrystalMHz = crystal,
            InitialRegisters = new System.Collections.Generic.Dictionary<uint, uint> { [0x3FF5_F06C] = counts << 7 },
        });
        using Esp32Device device = bench.Connect(bench.Options with { BaudRate = 921600 });

        Assert.Equal(crystal, device.ReadIdentity(CancellationToken.None).CrystalMHz);
        Assert.Equal(921600, device.BaudRate);
    }

    private static void Fails(HostBench bench, ConnectOptions options, ErrorCode code)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Connect(options));

        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Advice);
        Assert.False(bench.Board.IsOpen);
    }
}
