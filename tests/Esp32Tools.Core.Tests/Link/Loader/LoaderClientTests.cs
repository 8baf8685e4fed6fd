using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class LoaderClientTests
{
    private const uint Register = 0x3FF5_A000;

    private static readonly LoaderDialect s_rom = new(ChipCatalog.ByName("esp32"), IsStub: false);
    private static readonly LoaderDialect s_stub = new(ChipCatalog.ByName("esp32"), IsStub: true);
    private static readonly byte[] s_readRequest = Convert.FromHexString("000A04000000000000A0F53F");
    private static readonly byte[] s_readAnswer = Convert.FromHexString("010A0400785634120000BEEF");
    private static readonly byte[] s_unknownAfterSync = Convert.FromHexString("010804000707122001050000");

    private readonly ScriptedTransport _port = new();
    private readonly LoaderClient _loader;

    public LoaderClientTests() => _loader = new LoaderClient(new CommandChannel(_port) { Dialect = s_rom });

    [Fact]
    public void Register_is_read_by_one_request()
    {
        _port.Expect(s_readRequest, s_readAnswer);
        Assert.Equal(0x1234_5678u, _loader.ReadRegister(Register, CancellationToken.None));
        _port.AssertMetAll();
    }

    [Fact]
    public void Lost_answer_to_a_question_is_asked_for_again()
    {
        _port.Expect(s_readRequest).Expect(s_readRequest).Expect(s_readRequest, s_readAnswer);
        Assert.Equal(0x1234_5678u, _loader.ReadRegister(Register, CancellationToken.None));
        Assert.Equal(2, _loader.RepeatCount);
        _port.AssertMetAll();
    }

    [Fact]
    public void Digest_that_is_no_hexadecimal_text_is_asked_for_again()
    {
        byte[] good = Convert.FromHexString("01132400" + "00000000" + string.Concat(Enumerable.Repeat("6566", 16)) + "00000000");
        byte[] bad = [.. good];
        bad[12] = (byte)'x';
        bool isFirst = true;
        _port.FrameWritten = _ =>
        {
            _port.ArriveFrame(isFirst ? bad : good);
            isFirst = false;
        };

        byte[] digest = _loader.Execute(new FlashDigestRequest { Address = 0, Length = 4096 }, CancellationToken.None);
        Assert.Equal(Enumerable.Repeat((byte)0xEF, 16), digest);
        Assert.Equal(1, _loader.RepeatCount);
    }

    [Fact]
    public void Question_without_an_answer_is_asked_three_times_and_no_more()
    {
        LoaderException error = Fails(() => _loader.ReadRegister(Register, CancellationToken.None), ErrorCode.ReplyTimeout);
        Assert.Equal(3, _port.Written.Count);
        Assert.Equal("READ_REG", error.Command);
        Assert.Contains(_port.PortName, error.Message);
    }

    [Fact]
    public void Write_is_sent_once_whatever_becomes_of_its_answer()
    {
        Fails(() => _loader.WriteRegister(Register, 1), ErrorCode.ReplyTimeout);
        _port.FrameWritten = _ => _port.Arrive([0xC0, 0x01, 0x09, 0x04]);
        Fails(() => _loader.WriteRegister(Register, 1), ErrorCode.GarbledAnswer);
        _port.FrameWritten = _ => _port.ArriveFrame(Convert.FromHexString("010904000000000001070000"));
        Assert.Equal(0x07, Fails(() => _loader.WriteRegister(Register, 1), ErrorCode.CommandRefused).Status);
        Assert.Equal(3, _port.Written.Count);
    }

    [Fact]
    public void Wait_after_a_write_is_an_entry_of_its_own_that_changes_nothing()
    {
        _port.FrameWritten = _ => _port.ArriveFrame(Convert.FromHexString("010904000000000000000000"));
        _loader.WriteRegister(Register, 0x11, 0x22, 1000);
        Assert.Equal(
            "00092000" + "00000000" + "00A0F53F" + "11000000" + "22000000" + "00000000" + "78000060" + "00000000" + "00000000" + "E8030000",
            Convert.ToHexString(_port.Written.Single()));
    }

    [Theory]
    [InlineData("C0010A0400785634120000")]
    [InlineData("C0010A040078563412000000C0")]
    [InlineData("C0010A0400785634DB120000BEEFC0")]
    [InlineData("C0010A000078563412C0")]
    [InlineData("C0010A010078563412FFC0")]
    [InlineData("6574732041756720C0")]
    public void Damaged_answer_is_told_from_none(string wire)
    {
        _port.FrameWritten = _ => _port.Arrive(Convert.FromHexString(wire));
        Assert.True(Fails(() => _loader.ReadRegister(Register, CancellationToken.None), ErrorCode.GarbledAnswer).IsTransient);
    }

    [Fact]
    public void Answer_behind_a_boot_log_and_answers_to_others_is_found()
    {
        _port.FrameWritten = _ =>
        {
            _port.Arrive("ets Jul 29 2019\r\n"u8.ToArray());
            for (int i = 0; i < 7; i++)
            {
                _port.ArriveFrame(Convert.FromHexString("010804000707122000000000"));
            }

            _port.ArriveFrame(s_readAnswer);
        };
        Assert.Equal(0x1234_5678u, _loader.ReadRegister(Register, CancellationToken.None));
    }

    [Fact]
    public void Answer_that_comes_byte_by_byte_is_found()
    {
        _port.FrameWritten = _ =>
        {
            byte[] wire = TestSlip.Frame(s_readAnswer);
            for (int i = 0; i < wire.Length; i++)
            {
                _port.Arrive([wire[i]], TimeSpan.FromMilliseconds(100 * i));
            }
        };
        Assert.Equal(0x1234_5678u, _loader.ReadRegister(Register, CancellationToken.None));
        Assert.Single(_port.Written);
    }

    [Fact]
    public void Late_answer_is_not_taken_for_that_of_the_next_question()
    {
        _port.FrameWritten = payload =>
        {
            bool first = _port.Written.Count == 1;
            byte[] answer = [.. s_readAnswer];
            answer[4] = payload[8];
            _port.ArriveFrame(answer, first ? TimeSpan.FromSeconds(3.02) : TimeSpan.Zero);
        };
        Assert.Equal(0x1234_5600u, _loader.ReadRegister(Register, CancellationToken.None));
        Assert.Equal(0x1234_5604u, _loader.ReadRegister(Register + 4, CancellationToken.None));
    }

    [Fact]
    public void Command_the_rom_does_not_know_is_unsupported_and_its_eight_refusals_are_gone()
    {
        _port.Expect(Convert.FromHexString("0014000000000000"), [.. Enumerable.Repeat(s_unknownAfterSync, 8)]);
        _port.Expect(s_readRequest, s_readAnswer);
        Fails(() => _loader.Execute(new GetSecurityInfoRequest(), CancellationToken.None), ErrorCode.CommandUnsupported);
        Assert.Equal(0x1234_5678u, _loader.ReadRegister(Register, CancellationToken.None));
        _port.AssertMetAll();
    }

    [Fact]
    public void Answers_to_others_without_end_are_unexpected()
    {
        _port.FrameWritten = _ => _port.Chatter = () => TestSlip.Frame(Convert.FromHexString("010804000707122000000000"));
        Fails(() => _loader.ReadRegister(Register, CancellationToken.None), ErrorCode.UnexpectedReply);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 16)]
    [InlineData(false, 29)]
    [InlineData(false, 48)]
    [InlineData(true, 0)]
    [InlineData(true, 8)]
    [InlineData(true, 32)]
    public void Answer_of_another_length_than_its_data_is_called_that_and_not_a_refusal(bool isStub, int dataLength)
    {
        _loader.Channel.Dialect = isStub ? s_stub : s_rom;
        byte[] digits = [.. Enumerable.Repeat((byte)0x61, dataLength), .. new byte[isStub ? 2 : 4]];
        int count = 0;
        _port.FrameWritten = _ =>
        {
            count++;
            _port.ArriveFrame([1, 0x13, (byte)digits.Length, 0, 0, 0, 0, 0, .. digits]);
        };

        var error = Fails(() => _loader.Execute(new FlashDigestRequest { Address = 0, Length = 4 }, CancellationToken.None), ErrorCode.UnexpectedReply);
        Assert.Contains($"SPI_FLASH_MD5 has the wrong length: {digits.Length} bytes", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Status);
        Assert.Equal(3, count);
    }

    [Theory]
    [InlineData(false, "01050000")]
    [InlineData(true, "C400")]
    public void Failure_may_come_without_the_data(bool isStub, string status)
    {
        _loader.Channel.Dialect = isStub ? s_stub : s_rom;
        byte[] bytes = Convert.FromHexString(status);
        _port.FrameWritten = _ => _port.ArriveFrame([1, 0x13, (byte)bytes.Length, 0, 0, 0, 0, 0, .. bytes]);
        Fails(() => _loader.Execute(new FlashDigestRequest { Address = 0, Length = 4 }, CancellationToken.None), ErrorCode.CommandRefused);
    }

    [Theory]
    [InlineData(0x00, 0x01)]
    [InlineData(0x05, 0x05)]
    [InlineData(0x0A, 0x0A)]
    public void Refusal_of_the_rom_is_never_read_as_success(byte reason, int status)
    {
        _port.FrameWritten = _ => _port.ArriveFrame([1, 4, 4, 0, 0, 0, 0, 0, 1, reason, 0, 0]);
        var error = Fails(() => _loader.Execute(new FlashEndRequest(), CancellationToken.None), ErrorCode.CommandRefused);
        Assert.Equal(status, error.Status);
    }

    [Fact]
    public void Left_overs_in_the_status_of_the_rom_do_not_matter()
    {
        _port.FrameWritten = _ => _port.ArriveFrame([1, 4, 4, 0, 0, 0, 0, 0, 0, 0x06, 0xAB, 0xCD]);
        _loader.Execute(new FlashEndRequest(), CancellationToken.None);
    }

    [Fact]
    public void Time_of_a_block_begins_when_it_has_left()
    {
        var block = new BlockRequest(LoaderCommand.FlashData, 0, new byte[0x4000], 0, 0x4000, 0x4000, LoaderTimeouts.Default);
        _port.SetBaudRate(9600, CancellationToken.None);
        _port.FrameWritten = _ => _port.ArriveFrame([1, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0], TimeSpan.FromSeconds(18));
        _loader.Execute(block, CancellationToken.None);
    }

    [Fact]
    public void Socket_without_a_rate_gives_a_block_the_time_of_a_slow_line()
    {
        var port = new ScriptedTransport(new TransportTraits { HasBaudRate = false });
        port.FrameWritten = _ => port.ArriveFrame([1, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0], TimeSpan.FromSeconds(6));
        var loader = new LoaderClient(new CommandChannel(port) { Dialect = s_rom });
        loader.Execute(
            new BlockRequest(LoaderCommand.FlashData, 0, new byte[0x4000], 0, 0x4000, 0x4000, LoaderTimeouts.Default), CancellationToken.None);
    }

    private static LoaderException Fails(Action action, ErrorCode code)
    {
        var error = Assert.Throws<LoaderException>(action);
        Assert.Equal(code, error.Code);
        return error;
    }
}
