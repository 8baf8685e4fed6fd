using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

public sealed class Rfc2217TransportTests
{
    [Fact]
    public void Opening_sets_the_format_and_releases_the_reset_line_before_the_boot_line()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        Assert.Equal(["010001C200", "0208", "0301", "0401", "0501", "050C", "0509", "0C03"], server.Commands);
        Assert.True(port.Traits.HasModemLines);
        Assert.True(port.Traits.HasBaudRate);
        Assert.False(port.Traits.SetsLinesTogether);
    }

    [Theory]
    [InlineData(true, false, "0508 050C 0508")]
    [InlineData(false, true, "0509 050B 0509")]
    [InlineData(true, true, "0508 050B 0508")]
    [InlineData(false, false, "050C 0509")]
    public void Lines_are_set_one_by_one_without_a_glitch_and_DTR_is_repeated(bool dtr, bool rts, string expected)
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Forget();
        port.SetModemLines(dtr, rts, None);
        Assert.Equal(expected.Split(' '), server.Commands);
    }

    [Fact]
    public void A_data_byte_that_looks_like_a_command_is_escaped_both_ways()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        byte[] bytes = [0xFF, 0xF0, 0x0D, 0xFF, 0xFF, 0x0A];
        port.Write(bytes);
        port.DiscardInput(None); // its answer comes after the server has seen the data
        Assert.Equal(bytes, server.Data);

        server.Send("FFFFF00D" + "FFFA2C6B30FFF0" + "FFFFFFFF0A");
        Assert.Equal(bytes, port.ReadExactly(6));
    }

    [Fact]
    public void A_baud_rate_is_confirmed_by_the_server()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Forget();
        port.SetBaudRate(921600, None);
        Assert.Equal(["01000E1000"], server.Commands);
        Assert.Equal(921600, port.BaudRate);
    }

    [Fact]
    public void A_baud_rate_with_a_byte_that_looks_like_a_command_is_escaped()
    {
        using var server = new ScriptedRfc2217Server { Answer = command => command.Replace("FFFF", "FF", StringComparison.Ordinal) switch { "010001FF80" => "010001FFFF80", _ => command } };
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        port.SetBaudRate(0x1FF80, None);
        Assert.Equal("010001FFFF80", server.Commands[^1]);
    }

    [Fact]
    public void A_baud_rate_the_server_does_not_take_is_unsupported()
    {
        using var server = new ScriptedRfc2217Server { Answer = command => command.StartsWith("01", StringComparison.Ordinal) ? "010001C200" : command };
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        AssertFails(ErrorCode.PortUnsupported, server.Name, () => port.SetBaudRate(3_000_000, None));
        Assert.Equal(115200, port.BaudRate);
    }

    [Fact]
    public void Input_from_before_a_discard_is_gone()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Send("010203");
        Assert.Equal([1], port.ReadExactly(1));
        port.DiscardInput(None);
        server.Send("04");
        Assert.Equal([4], port.ReadExactly(1));
    }

    [Fact]
    public void A_server_that_does_not_confirm_lines_is_told_but_not_waited_for()
    {
        using var server = new ScriptedRfc2217Server { Answer = command => IsLine(command) ? null : command };
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Forget();
        port.SetModemLines(true, false, None);
        port.DiscardInput(None);
        Assert.Equal(["0508", "050C", "0508", "0C01"], server.Commands);
    }

    [Fact]
    public void A_server_that_stops_confirming_lines_is_an_error()
    {
        bool silent = false;
        using var server = new ScriptedRfc2217Server { Answer = command => silent && IsLine(command) ? null : command };
        string name = server.Name + "?timeout=1.5&poll_modem&logging=debug";
        using ISerialTransport port = TransportCatalog.Open(name, None);
        silent = true;
        TransportException error = AssertFails(ErrorCode.PortUnsupported, name, () => port.SetModemLines(true, false, None));
        Assert.Contains("setting DTR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirmations_of_lines_are_not_waited_for_when_the_name_says_so()
    {
        bool silent = false;
        using var server = new ScriptedRfc2217Server { Answer = command => silent && IsLine(command) ? null : command };
        using ISerialTransport port = TransportCatalog.Open(server.Name + "?ign_set_control", None);
        silent = true;
        port.SetModemLines(true, false, None);
        port.DiscardInput(None);
        Assert.Contains("0508", server.Commands);
    }

    [Fact]
    public void A_server_can_hold_back_the_data()
    {
        using var server = new ScriptedRfc2217Server();
        using var stop = new CancellationTokenSource();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Send("FFFA2C6CFFF0" + "07");
        Assert.Equal([7], port.ReadExactly(1));
        AssertEndsEarly(() => port.Write(8), () => server.Send("FFFA2C6DFFF0"));
        port.DiscardInput(None);
        Assert.Equal([8], server.Data);
    }

    [Fact]
    public void Unknown_options_of_the_server_are_declined_once()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        server.Send("FFFB01" + "09");
        Assert.Equal([9], port.ReadExactly(1));
        port.DiscardInput(None);
    }

    [Fact]
    public void A_server_that_refuses_COM_PORT_is_unsupported()
    {
        using var server = new ScriptedRfc2217Server { RefusesComPort = true };
        AssertRawSocketAdvised(server.Name, () => TransportCatalog.Open(server.Name, None));
    }

    [Fact]
    public void A_silent_server_is_unsupported()
    {
        using var server = new OneClientServer();
        string name = $"rfc2217://127.0.0.1:{server.Port}?timeout=0.2";
        AssertRawSocketAdvised(name, () => TransportCatalog.Open(name, None));
    }

    [Fact]
    public void An_echoing_server_is_unsupported()
    {
        using var server = new OneClientServer();
        string name = $"rfc2217://127.0.0.1:{server.Port}?timeout=0.2";
        using var echo = new EchoLoop(server);
        AssertRawSocketAdvised(name, () => TransportCatalog.Open(name, None));
    }

    [Fact]
    public void Words_are_heard_when_it_is_an_answer_to_the_server_that_finds_it_gone()
    {
        // Offers of options, more than are read at once, so that the answer to the first of them goes to a closed connection.
        using var server = new OneClientServer();
        string name = $"rfc2217://127.0.0.1:{server.Port}";
        var hangUp = new Thread(() =>
        {
            server.Receive(3);
            byte[] offers = [.. Enumerable.Range(0, 6000).SelectMany(i => new byte[] { 0xFF, 0xFB, (byte)(50 + (i % 150)) })];
            server.Send([.. offers, .. Encoding.ASCII.GetBytes("Port already in use")]);
            server.Client.LingerState = new LingerOption(true, 0);
            server.HangUp();
        });
        hangUp.Start();
        AssertFails(ErrorCode.PortInUse, name, () => TransportCatalog.Open(name, None));
        hangUp.Join();
    }

    [Theory]
    [InlineData("Port already in use\r\n", ErrorCode.PortInUse)]
    [InlineData("Device open failure: Value or file not found\r\n", ErrorCode.PortUnreachable)]
    [InlineData("", ErrorCode.PortUnreachable)]
    public void What_a_server_says_before_it_hangs_up_decides_the_error(string words, ErrorCode expected)
    {
        using var server = new OneClientServer();
        string name = $"rfc2217://127.0.0.1:{server.Port}";
        var hangUp = new Thread(() =>
        {
            server.Receive(3);
            server.Send([.. words.Select(letter => (byte)letter)]);
            server.Client.Shutdown(SocketShutdown.Send);
        });
        hangUp.Start();
        TransportException error = AssertFails(expected, name, () => TransportCatalog.Open(name, None));
        if (expected == ErrorCode.PortUnreachable)
        {
            Assert.Contains(words.Trim(), error.Message, StringComparison.Ordinal);
        }

        hangUp.Join();
    }

    [Fact]
    public void A_closing_server_is_a_lost_port()
    {
        using var server = new ScriptedRfc2217Server();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, server.Name, () => port.Read(new byte[1], 0, 1, Long, None)),
            server.HangUp);
        AssertFails(ErrorCode.PortLost, server.Name, () => port.SetModemLines(true, true, None));
    }

    [Fact]
    public void Cancellation_ends_a_read_and_a_negotiation()
    {
        using var server = new ScriptedRfc2217Server();
        using var stop = new CancellationTokenSource();
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Read(new byte[1], 0, 1, Long, stop.Token)),
            stop.Cancel);

        using var silent = new OneClientServer();
        using var stopOpening = new CancellationTokenSource();
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(
                () => TransportCatalog.Open($"rfc2217://127.0.0.1:{silent.Port}?timeout=60", stopOpening.Token)),
            stopOpening.Cancel);
    }

    [Theory]
    [InlineData("rfc2217:host")]
    [InlineData("rfc2217://host")]
    [InlineData("rfc2217://host:4000?baud=115200")]
    [InlineData("rfc2217://host:4000?timeout=soon")]
    [InlineData("rfc2217://host:4000?timeout=0")]
    [InlineData("rfc2217://host:4000?timeout=1,5")]
    public void A_malformed_name_is_refused(string name) =>
        AssertFails(ErrorCode.PortNameInvalid, name, () => TransportCatalog.Open(name, None));

    private static bool IsLine(string command) => command is "0508" or "0509" or "050B" or "050C";

    private static void AssertRawSocketAdvised(string name, Action open)
    {
        TransportException error = AssertFails(ErrorCode.PortUnsupported, name, open);
        Assert.Contains("socket://", error.Advice, StringComparison.Ordinal);
    }

    private sealed class EchoLoop : IDisposable
    {
        private readonly Thread _thread;

        internal EchoLoop(OneClientServer server)
        {
            _thread = new Thread(() =>
            {
                byte[] buffer = new byte[256];
                for (int got; (got = server.Client.Receive(buffer, 0, buffer.Length, SocketFlags.None, out _)) > 0;)
                {
                    server.Client.Send(buffer, 0, got, SocketFlags.None, out _);
                }
            });
            _thread.Start();
        }

        public void Dispose() => _thread.Join();
    }
}
