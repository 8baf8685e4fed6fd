using System;
using System.Text;
using System.Threading;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Framing;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>Ports on which no loader answers, and what the person is told.</summary>
public sealed class SilentPortTests
{
    private const string ApplicationLog =
        "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\nload:0x3fff0030,len:1184\r\nI (27) boot: ESP-IDF v5.1\r\n";

    private const string DownloadLog =
        "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021\r\nrst:0x1 (POWERON),boot:0x5 (DOWNLOAD(USB/UART0/1))\r\nwaiting for download\r\n";

    [Fact]
    public void Nothing_at_all_is_no_answer()
    {
        var port = new ScriptedTransport();
        LoaderException error = Fails(port, ErrorCode.NoAnswer);
        Assert.Contains("Nothing answers", error.Message);
        Assert.Equal(7 * 5, port.Written.Count);
    }

    [Fact]
    public void Boot_log_of_an_application_is_the_wrong_boot_mode() =>
        Assert.Contains("0x13", Fails(WithLog(ApplicationLog), ErrorCode.WrongBootMode).Message);

    [Fact]
    public void Boot_log_behind_a_stray_delimiter_is_found_all_the_same() =>
        Assert.Contains("0x13", Fails(WithLog("\u00C0" + ApplicationLog), ErrorCode.WrongBootMode).Message);

    [Fact]
    public void Boot_log_between_stray_delimiters_is_found_all_the_same() =>
        Fails(WithLog("\u00C0ab\u00C0" + ApplicationLog + "\u00C0\u00DBx\u00C0"), ErrorCode.WrongBootMode);

    [Fact]
    public void Boot_log_that_comes_while_a_sync_waits_is_found_all_the_same()
    {
        Fails(WithLog(ApplicationLog, TimeSpan.FromMilliseconds(120)), ErrorCode.WrongBootMode);
    }

    [Fact]
    public void Chip_that_waits_for_a_download_but_does_not_hear_points_at_the_line_to_it()
    {
        LoaderException error = Fails(WithLog(DownloadLog), ErrorCode.NoAnswer);
        Assert.Contains("waits for a download", error.Message);
        Assert.Contains("TX", error.Advice);
    }

    [Fact]
    public void Echo_is_no_chip_and_is_called_an_echo()
    {
        var port = new ScriptedTransport();
        port.FrameWritten = frame => port.Arrive(SlipEncoder.Encode(frame));
        Assert.Contains("gives back", Fails(port, ErrorCode.NotAnEspressifChip).Message);
    }

    [Fact]
    public void Text_of_another_device_is_no_espressif_chip()
    {
        var port = new ScriptedTransport();
        port.FrameWritten = _ => port.Arrive(Encoding.ASCII.GetBytes("AT\r\nERROR\r\n"));
        Assert.Contains("AT ERROR", Fails(port, ErrorCode.NotAnEspressifChip).Message);
    }

    [Fact]
    public void Bytes_without_sense_are_garbled()
    {
        var random = new Random(1);
        var port = new ScriptedTransport();
        port.FrameWritten = _ =>
        {
            var noise = new byte[60];
            random.NextBytes(noise);
            port.Arrive(noise);
        };
        Fails(port, ErrorCode.GarbledAnswer);
    }

    [Theory]
    [InlineData("C00102030405C0")]
    [InlineData("C0C0C0C0")]
    [InlineData("55AA00FF")]
    [InlineData("C0010904000000000000000000C0")]
    public void Device_that_never_stops_talking_cannot_hold_the_connection_up(string hex)
    {
        byte[] piece = Convert.FromHexString(hex);
        var port = new ScriptedTransport { Chatter = () => piece };
        var error = Assert.Throws<LoaderException>(() => DeviceConnector.Connect(port, new ConnectOptions { Attempts = 2 }, CancellationToken.None));
        Assert.True(error.Code is ErrorCode.GarbledAnswer or ErrorCode.NoAnswer or ErrorCode.ReplyTimeout, error.Message);
        Assert.True(port.Clock.Now < TimeSpan.FromSeconds(10), $"It took {port.Clock.Now}.");
    }

    [Fact]
    public void Answers_to_something_else_are_said_to_be_that()
    {
        var port = new ScriptedTransport();
        port.FrameWritten = _ => port.ArriveFrame([1, 0x0A, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Contains("never to a sync", Fails(port, ErrorCode.GarbledAnswer).Message);
    }

    [Fact]
    public void Port_without_lines_is_synced_but_not_reset()
    {
        var port = new ScriptedTransport(new TransportTraits { HasModemLines = false, HasBaudRate = false });
        Fails(port, ErrorCode.NoAnswer);
        Assert.Empty(port.Lines);
        Assert.Empty(port.RatesSet);
    }

    [Fact]
    public void Resets_go_through_the_sequences_that_suit_the_port_in_turn()
    {
        var port = new ScriptedTransport(new TransportTraits { SetsLinesTogether = true });
        Fails(port, ErrorCode.NoAnswer);

        // Tight, tight slow, classic, classic slow, and from the beginning: seven in all.
        Assert.Equal(6 + 6 + 5 + 5 + 6 + 6 + 5, port.Lines.Count);
    }

    // A chip that starts, and says so, each time it is let out of reset.
    private static ScriptedTransport WithLog(string log, TimeSpan after = default)
    {
        var port = new ScriptedTransport();
        bool wasInReset = false;
        port.LinesSet = (_, inReset) =>
        {
            if (wasInReset && !inReset)
            {
                port.Arrive(Encoding.Latin1.GetBytes(log), after);
            }

            wasInReset = inReset;
        };
        return port;
    }

    private static LoaderException Fails(ScriptedTransport port, ErrorCode code)
    {
        var error = Assert.Throws<LoaderException>(() => DeviceConnector.Connect(port, new ConnectOptions(), CancellationToken.None));
        Assert.Equal(code, error.Code);
        Assert.Contains(port.PortName, error.Message);
        Assert.Equal(port.PortName, error.Target);
        Assert.EndsWith(".", error.Advice);
        Assert.False(port.RequestToSend || port.DataTerminalReady);
        return error;
    }
}
