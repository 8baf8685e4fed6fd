using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Xunit;
using static Esp32Tools.Simulator.Tests.Serving.ServedChip;

namespace Esp32Tools.Simulator.Tests.Serving;

public sealed class Rfc2217ServerTests
{
    [Fact]
    public void Lines_baud_rate_and_data_reach_the_chip_in_order()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("rfc2217");
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        int opening = served.Chip.Events.Count;
        port.Write([1, 0xFF], 0, 2, None);
        port.SetModemLines(true, false, None);
        port.Write([3], 0, 1, None);
        port.SetBaudRate(460800, None);
        port.DiscardInput(None);
        Assert.Equal(
            ["bytes 01FF", "D1 R0", "D1 R0", "D1 R0", "bytes 03", "baud 460800", "discard"], served.Chip.Events.Skip(opening));
    }

    [Fact]
    public void Opening_does_not_reset_the_chip()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("rfc2217");
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        Assert.DoesNotContain("D0 R1", served.Chip.Events);
        Assert.Contains("D0 R0", served.Chip.Events);
    }

    [Fact]
    public void A_rate_the_chips_port_cannot_do_is_answered_with_the_one_it_keeps()
    {
        using SimulatorServer server = new ServedChip().Start("rfc2217");
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        var refused = Assert.Throws<TransportException>(() => port.SetBaudRate(5_000_000, None));
        Assert.Equal(ErrorCode.PortUnsupported, refused.Code);
        Assert.Equal(115200, port.BaudRate);
        AssertEchoed(port, [1]);
    }

    // Requests and answers as RFC 2217 section 3 gives them; the client here is the test.
    [Theory]
    [InlineData("FFFD2C", "")]
    [InlineData("FFFB01", "FFFE01")]
    [InlineData("FFFD01", "FFFC01")]
    [InlineData("FFFA2C00FFF0", "FFFA2C644573703332546F6F6C732073696D756C61746F72FFF0")]
    [InlineData("FFFA2C0100000000FFF0", "FFFA2C650001C200FFF0")]
    [InlineData("FFFA2C010000FFFFC0FFF0", "FFFA2C650000FFFFC0FFF0")]
    [InlineData("FFFA2C0208FFF0", "FFFA2C6608FFF0")]
    [InlineData("FFFA2C0205FFF0", "FFFA2C6608FFF0")]
    [InlineData("FFFA2C0300FFF0", "FFFA2C6701FFF0")]
    [InlineData("FFFA2C0402FFF0", "FFFA2C6801FFF0")]
    [InlineData("FFFA2C0503FFF0", "FFFA2C6901FFF0")]
    [InlineData("FFFA2C0507FFF0", "FFFA2C6909FFF0")]
    [InlineData("FFFA2C0508FFF0FFFA2C0507FFF0", "FFFA2C6908FFF0FFFA2C6908FFF0")]
    [InlineData("FFFA2C050BFFF0FFFA2C050AFFF0", "FFFA2C690BFFF0FFFA2C690BFFF0")]
    [InlineData("FFFA2C050DFFF0", "FFFA2C690EFFF0")]
    [InlineData("FFFA2C0B00FFF0", "FFFA2C6F00FFF0")]
    [InlineData("FFFA2C0C03FFF0", "FFFA2C7003FFF0")]
    [InlineData("FFF1FFF9", "")]
    public void Requests_are_answered_as_the_standard_says(string request, string answer)
    {
        using SimulatorServer server = new ServedChip().Start("rfc2217");
        using var client = new TcpClient("127.0.0.1", new Uri(server.PortName).Port);
        const string fence = "FFFA2C0C01FFF0";
        client.Client.Send(Convert.FromHexString(request + fence));

        const string opening = "FFFB00FFFD00FFFB03FFFD03FFFB2CFFFD2C";
        byte[] expected = Convert.FromHexString(opening + answer + "FFFA2C7001FFF0");
        byte[] actual = new byte[expected.Length];
        client.GetStream().ReadExactly(actual);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
    }

    [PySerialFact]
    public void Pyserials_client_sets_lines_and_rate_and_passes_bytes()
    {
        const string script = """
            import serial, sys
            port = serial.serial_for_url(sys.argv[1], do_not_open=True)
            port.baudrate = 115200
            port.timeout = 10
            port.open()
            port.setDTR(False)
            port.setRTS(True)
            port.setDTR(True)
            port.setRTS(False)
            port.baudrate = 921600
            port.reset_input_buffer()
            data = bytes(range(256)) * 20
            for i in range(0, len(data), 256):
                port.write(data[i:i+256])
                assert port.read(256) == data[i:i+256], i
            port.close()
            """;
        var served = new ServedChip();
        using SimulatorServer server = served.Start("rfc2217");
        using Process python = PySerialFactAttribute.Start("-c", script, server.PortName + "?timeout=30");
        string complaint = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, complaint);

        string all = string.Join(", ", served.Chip.Events);
        Assert.Contains("D0 R1, D1 R0, baud 921600", all, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_from_reset_into_the_loader_is_one_step_however_slow_the_client()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("rfc2217");
        using var client = new TcpClient("127.0.0.1", new Uri(server.PortName).Port) { NoDelay = true };
        foreach (byte change in (byte[])[9, 11, 8, 12, 9])
        {
            client.Client.Send([0xFF, 0xFA, 0x2C, 5, change, 0xFF, 0xF0]);
            Thread.Sleep(30);
        }

        Eventually(() => served.Chip.Events.Count == 4);
        Assert.Equal(["D0 R0", "D0 R1", "D1 R0", "D0 R0"], served.Chip.Events);
    }

    [Fact]
    public void Both_lines_on_after_a_reset_let_the_chip_go_if_nothing_follows()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("rfc2217");
        using var client = new TcpClient("127.0.0.1", new Uri(server.PortName).Port) { NoDelay = true };
        client.Client.Send(Convert.FromHexString("FFFA2C0509FFF0" + "FFFA2C050BFFF0" + "FFFA2C0508FFF0"));
        Eventually(() => served.Chip.Events.Count == 3);
        Assert.Equal(["D0 R0", "D0 R1", "D1 R1"], served.Chip.Events);
    }
}
