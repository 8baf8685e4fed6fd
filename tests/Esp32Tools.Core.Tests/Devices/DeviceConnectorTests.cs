using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;
using Esp32Tools.Tests.Shared.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>Connections to a loader that answers as recorded, or nearly so.</summary>
public sealed class DeviceConnectorTests
{
    private const string Esp32 = "esp32-rom-connect-detect";
    private const string C3 = "esp32c3-rom-connect-detect";

    private static readonly ConnectOptions s_rom = new() { UseStub = false, BaudRate = 115200 };
    private static readonly ConnectOptions s_stub = new() { BaudRate = 115200 };
    private static readonly TransportTraits s_usbSerialJtag = new() { VendorId = 0x303A, ProductId = 0x1001, SetsLinesTogether = true, HasBaudRate = false };

    [Theory]
    [MemberData(nameof(Recording.SessionNames), MemberType = typeof(Recording))]
    public void Recorded_session_connects_with_what_the_recorded_tool_sent(string name)
    {
        var chip = new RecordedChip(Recording.Load(name), new ScriptedTransport()) { FollowsBaudRate = true };
        byte[]? rate = chip.Recording.Exchanges.FirstOrDefault(exchange => exchange.Request.Kind == "CHANGE_BAUDRATE")?.Request.Payload;
        var options = new ConnectOptions
        {
            UseStub = chip.Recording.StartsStub,
            BaudRate = rate is null ? 115200 : (int)BinaryPrimitives.ReadUInt32LittleEndian(rate.AsSpan(8)),
            Before = ConnectReset.NoReset,
        };

        using Esp32Device device = DeviceConnector.Connect(chip.Transport, options, CancellationToken.None);

        Assert.Same(chip.Recording.Chip, device.GetChip());
        Assert.Equal(chip.Recording.StartsStub && StubStore.Contains(device.GetChip().Loader.StubName!), device.IsStub);
        Assert.Equal(options.BaudRate, device.BaudRate);
        Assert.Empty(chip.Transport.Lines);

        // What the tool's own stub is made of, and how we make sure of the new rate, are matters of choice.
        LoaderCommand[] choice = [LoaderCommand.MemBegin, LoaderCommand.MemData, LoaderCommand.MemEnd, LoaderCommand.ReadRegister, LoaderCommand.GetSecurityInfo];
        Assert.DoesNotContain(chip.Unrecorded, command => !choice.Contains(command));
        if (rate is not null)
        {
            Assert.Contains(chip.Transport.Written, rate.SequenceEqual);
        }
    }

    [Theory]
    [InlineData(Esp32, 300, "24:0a:c4:12:34:56")]
    [InlineData(C3, 3, "7c:df:a1:12:34:56")]
    public void Detection_of_our_own_recordings_gives_the_emulated_chip(string name, int revision, string mac)
    {
        var chip = new RecordedChip(name, new ScriptedTransport());
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom, CancellationToken.None);
        DeviceIdentity identity = device.ReadIdentity(CancellationToken.None);
        Assert.Equal(revision, identity.Revision);
        Assert.Equal(mac, identity.Mac);
    }

    [Fact]
    public void Magic_word_nobody_knows_is_an_unknown_chip()
    {
        var chip = new RecordedChip(Esp32, new ScriptedTransport());
        chip.SetRegister(ChipDefinition.MagicRegister, 0x1234_5678);
        Assert.Contains("0x12345678", Fails<ChipException>(chip, s_rom, ErrorCode.ChipUnknown).Message);
    }

    [Fact]
    public void Chip_known_by_its_magic_word_but_not_supported_is_named()
    {
        var chip = new RecordedChip(Esp32, new ScriptedTransport());
        chip.SetRegister(ChipDefinition.MagicRegister, 0xFFF0_C101);
        Assert.Contains("ESP8266", Fails<ChipException>(chip, s_rom, ErrorCode.ChipUnsupported).Message);
    }

    [Theory]
    [InlineData(4, "ESP32-S3 (beta 2)")]
    [InlineData(31, "ESP32-E22")]
    public void Chip_known_by_its_id_but_not_supported_is_named(int chipId, string name)
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        WithSecurityInfo(chip, flags: 0, chipId: (byte)chipId);
        Assert.Contains(name, Fails<ChipException>(chip, s_rom, ErrorCode.ChipUnsupported).Message);
    }

    [Fact]
    public void Chip_id_nobody_knows_is_an_unknown_chip()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        WithSecurityInfo(chip, flags: 0, chipId: 99);
        Assert.Contains("99", Fails<ChipException>(chip, s_rom, ErrorCode.ChipUnknown).Message);
    }

    [Fact]
    public void Other_chip_than_expected_is_a_mismatch_that_names_both()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        string message = Fails<ChipException>(chip, s_rom with { Chip = ChipCatalog.ByName("esp32") }, ErrorCode.ChipMismatch).Message;
        Assert.Contains("ESP32-C3", message);
        Assert.Contains("not an ESP32.", message);
    }

    [StubTheory]
    [InlineData(Esp32)]
    [InlineData(C3)]
    public void Stub_is_loaded_and_started(string name)
    {
        var chip = new RecordedChip(name, new ScriptedTransport());
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_stub, CancellationToken.None);
        StubImage stub = StubStore.Get(device.GetChip().Loader.StubName!);
        Assert.True(device.IsStub);
        Assert.Equal(stub.Text.Concat(stub.Data), BlocksSent(chip).SelectMany(block => block[24..]));
        Assert.Contains(chip.Transport.Written, frame => frame[1] == (byte)LoaderCommand.MemEnd && WordAt(frame, 8) == 0 && WordAt(frame, 12) == stub.Entry);
    }

    [Theory]
    [InlineData(Esp32)]
    [InlineData(C3)]
    public void Stub_that_runs_already_is_not_loaded_again(string name)
    {
        var chip = new RecordedChip(name, new ScriptedTransport()) { IsStub = true };
        chip.SetRegister(ChipDefinition.MagicRegister, 0x00F0_1D83);
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_stub with { Before = ConnectReset.NoReset }, CancellationToken.None);
        Assert.True(device.IsStub);
        Assert.Empty(BlocksSent(chip));
    }

    [StubTheory]
    [InlineData(C3)]
    public void Damaged_block_of_the_stub_starts_its_upload_again(string name)
    {
        var chip = new RecordedChip(name, new ScriptedTransport());
        int blocks = 0;
        chip.Override = payload =>
        {
            bool damaged = payload[1] == (byte)LoaderCommand.MemData && ++blocks == 1;
            if (damaged)
            {
                chip.Reply(LoaderCommand.MemData, failure: 1, reason: 7);
            }

            return damaged;
        };
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_stub, CancellationToken.None);
        Assert.True(device.IsStub);
        Assert.Equal(3, blocks);
        Assert.All(BlocksSent(chip), block => Assert.Equal(0u, WordAt(block, 12)));
    }

    [StubTheory]
    [InlineData(Esp32)]
    [InlineData(C3)]
    public void Stub_that_does_not_greet_did_not_start(string name)
    {
        var chip = new RecordedChip(name, new ScriptedTransport());
        chip.Override = payload => payload[1] == (byte)LoaderCommand.MemEnd;
        Fails<LoaderException>(chip, s_stub, ErrorCode.StubStartFailed);
    }

    [Fact]
    public void Lost_answers_to_a_sync_do_not_matter()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        chip.Override = payload =>
        {
            if (payload[1] == (byte)LoaderCommand.Sync)
            {
                chip.Reply(LoaderCommand.Sync, 0x2012_0707);
                chip.Transport.Arrive([0xC0, 1, 8]);
                chip.Reply(LoaderCommand.Sync, 0x2012_0707);
            }

            return payload[1] == (byte)LoaderCommand.Sync;
        };
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom, CancellationToken.None);
        Assert.False(device.IsStub);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(250)]
    [InlineData(600)]
    public void Slow_way_to_the_port_is_waited_for(int milliseconds)
    {
        var chip = new RecordedChip(Esp32, new ScriptedTransport()) { Latency = TimeSpan.FromMilliseconds(milliseconds) };
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom, CancellationToken.None);
        Assert.Equal("ESP32", device.GetChip().Name);
        Assert.Equal(300, device.ReadIdentity(CancellationToken.None).Revision);
    }

    [Fact]
    public void Low_baud_rate_is_the_one_to_begin_at()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport { ListensAt = 57600 });
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom with { BaudRate = 57600 }, CancellationToken.None);
        Assert.Equal([57600], chip.Transport.RatesSet);
    }

    [Fact]
    public void Port_left_at_a_high_rate_is_reset_and_spoken_to_at_the_first_one()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        chip.Transport.SetBaudRate(921600, CancellationToken.None);
        chip.Transport.ListensAt = 115200;
        chip.FollowsBaudRate = true;
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom with { BaudRate = 921600 }, CancellationToken.None);
        Assert.Equal([921600, 115200, 921600], chip.Transport.RatesSet);
    }

    [Fact]
    public void Stub_left_at_a_high_rate_is_found_without_a_reset()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport { ListensAt = 460800 }) { IsStub = true };
        using Esp32Device device = DeviceConnector.Connect(
            chip.Transport, new ConnectOptions { BaudRate = 460800, Before = ConnectReset.NoReset }, CancellationToken.None);
        Assert.Equal((true, 460800), (device.IsStub, device.BaudRate));
        Assert.Equal([460800], chip.Transport.RatesSet);
    }

    [Fact]
    public void Rate_nobody_guesses_is_no_answer_without_a_reset()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport { ListensAt = 230400 }) { IsStub = true };
        Fails<LoaderException>(chip, new ConnectOptions { Before = ConnectReset.NoReset }, ErrorCode.NoAnswer);
        Assert.Equal([460800, 115200, 460800, 115200, 460800, 115200], chip.Transport.RatesSet);
    }

    [Fact]
    public void Baud_rate_the_chip_does_not_follow_to_has_its_own_error()
    {
        var chip = new RecordedChip(Esp32, new ScriptedTransport { ListensAt = 115200 });
        Fails<LoaderException>(chip, s_rom with { BaudRate = 2_000_000 }, ErrorCode.BaudRateChangeFailed);
    }

    [Fact]
    public void Baud_rate_the_chip_refuses_has_its_own_error_and_says_why()
    {
        var chip = new RecordedChip(Esp32, new ScriptedTransport());
        chip.Override = payload =>
        {
            if (payload[1] == (byte)LoaderCommand.ChangeBaudRate)
            {
                chip.Reply(LoaderCommand.ChangeBaudRate, failure: 1, reason: 6);
            }

            return payload[1] == (byte)LoaderCommand.ChangeBaudRate;
        };
        Exception? cause = Fails<LoaderException>(chip, s_rom with { BaudRate = 921600 }, ErrorCode.BaudRateChangeFailed).InnerException;
        Assert.Equal(0x06, Assert.IsType<LoaderException>(cause).Status);
    }

    [Theory]
    [InlineData(0x3B6u, 40, 115200 * 8)]
    [InlineData(0x268u, 26, 115200 * 8)]
    public void Rom_with_a_slow_or_fast_clock_is_told_a_rate_in_proportion(uint cycles, int crystal, int rate)
    {
        const uint Code = 100;
        var chip = new RecordedChip(Esp32, new ScriptedTransport());
        chip.SetRegister(0x3FF5_F06C, cycles << 7);
        chip.SetRegister(0x3FF5_A010, Code);
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom with { BaudRate = rate }, CancellationToken.None);
        ulong clock = (ulong)cycles * 15625 * Code / 40;
        uint told = WordAt(chip.Transport.Written.Single(frame => frame[1] == (byte)LoaderCommand.ChangeBaudRate), 8);
        Assert.Equal((uint)((ulong)rate * clock / ((ulong)crystal * 1_000_000)), told);
        Assert.Equal(rate, device.BaudRate);
    }

    [Fact]
    public void Chip_in_secure_download_mode_is_spoken_to_through_its_rom_and_says_so()
    {
        var chip = new RecordedChip(C3, new ScriptedTransport());
        WithSecurityInfo(chip, flags: 0x04, chipId: 5);
        List<string> log = [];
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_stub with { Log = log.Add }, CancellationToken.None);
        Assert.Equal((true, false), (device.IsSecureDownloadMode, device.IsStub));
        Assert.Contains("secure download mode", Assert.Single(log));
        Assert.DoesNotContain(chip.Transport.Written, frame => frame[1] is (byte)LoaderCommand.ReadRegister or (byte)LoaderCommand.WriteRegister);
    }

    [Fact]
    public void Watchdogs_are_quieted_on_the_chips_own_port_and_nowhere_else()
    {
        var bridge = new RecordedChip(C3, new ScriptedTransport());
        DeviceConnector.Connect(bridge.Transport, s_rom, CancellationToken.None).Dispose();
        Assert.DoesNotContain(bridge.Transport.Written, frame => frame[1] == (byte)LoaderCommand.WriteRegister);

        var own = new RecordedChip(C3, new ScriptedTransport(s_usbSerialJtag));
        DeviceConnector.Connect(own.Transport, s_rom, CancellationToken.None).Dispose();
        byte[] writes = own.Transport.Written.Single(frame => frame[1] == (byte)LoaderCommand.WriteRegister);
        uint[] addresses = [.. Enumerable.Range(0, (writes.Length - 8) / 16).Select(index => WordAt(writes, 8 + (16 * index)))];
        Assert.Equal([0x6000_80A8, 0x6000_8090, 0x6000_80A8, 0x6000_80B0, 0x6000_80AC, 0x6000_80B0], addresses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Port_of_the_chip_that_goes_away_in_the_reset_is_waited_for(int failingReopens)
    {
        var chip = new RecordedChip(C3, new ScriptedTransport(s_usbSerialJtag) { LoseAtCall = 5, FailingReopens = failingReopens });
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, s_rom, CancellationToken.None);
        Assert.Equal("ESP32-C3", device.GetChip().Name);
        Assert.Equal(failingReopens + 1, chip.Transport.ReopenCount);
    }

    private static void WithSecurityInfo(RecordedChip chip, uint flags, uint chipId)
    {
        var data = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(data, flags);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(12), chipId);
        chip.Override = payload =>
        {
            if (payload[1] == (byte)LoaderCommand.GetSecurityInfo)
            {
                chip.Reply(LoaderCommand.GetSecurityInfo, data: data);
            }

            return payload[1] == (byte)LoaderCommand.GetSecurityInfo;
        };
    }

    private static IEnumerable<byte[]> BlocksSent(RecordedChip chip) =>
        chip.Transport.Written.Where(frame => frame[1] == (byte)LoaderCommand.MemData);

    private static uint WordAt(byte[] payload, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(offset));

    private static TError Fails<TError>(RecordedChip chip, ConnectOptions options, ErrorCode code)
        where TError : Esp32Exception
    {
        var error = Assert.Throws<TError>(() => DeviceConnector.Connect(chip.Transport, options, CancellationToken.None));
        Assert.Equal(code, error.Code);
        return error;
    }
}
