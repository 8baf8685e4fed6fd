using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Output;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Link.Transport.Network;
using Esp32Tools.Link.Transport.Rfc2217;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>
/// Whatever the other end of a network port sends, a call ends in its time, within 64 MB, and in one error that says what
/// to do.
/// </summary>
[Collection(nameof(HostilePeerCollection))]
public sealed class HostilePeerTests
{
    private const long MemoryLimit = 64L * 1024 * 1024;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(25);

    /// <summary>Scheme, whether the port is set up first, what comes once, what comes without end, the pause in ms, the codes.</summary>
    public static TheoryData<string, bool, string, string, int, string> Peers { get; } = new()
    {
        // Nothing but bytes. A flood of frames has pauses in which the port is read empty: then the frames are judged.
        { "socket", false, "", "41", 0, "PortFlooded" },
        { "socket", false, "", "C0", 0, "PortFlooded" },
        { "socket", false, "", "C04142", 0, "PortFlooded NotAnEspressifChip" },
        { "socket", false, "C0", "DB", 0, "PortFlooded" },
        { "socket", false, "", "C001080400070712205555555500000000C0", 0, "PortFlooded GarbledAnswer" },
        { "socket", false, "", "41", 20, "GarbledAnswer NotAnEspressifChip" },
        { "socket", false, "C00108", "42", 20, "GarbledAnswer NotAnEspressifChip" },
        { "socket", false, "", "C001", 30, "GarbledAnswer" },
        { "socket", false, "", "", 0, "NoAnswer" },

        // A server that never becomes one of RFC 2217.
        { "rfc2217", false, "", "41", 0, "PortFlooded" },
        { "rfc2217", false, "", "41", 20, "PortUnsupported" },
        { "rfc2217", false, "", "FFF1", 0, "PortUnsupported" },
        { "rfc2217", false, "", "FFFB7F", 0, "PortFlooded" },
        { "rfc2217", false, "", "FFFB00FFFC00", 0, "PortFlooded" },
        { "rfc2217", false, "", "FFFA2C6BFFF0", 0, "PortUnsupported" },
        { "rfc2217", false, "FFFA2C", "41", 0, "PortUnsupported" },
        { "rfc2217", false, "FFFA2C", "FFFF", 0, "PortUnsupported" },
        { "rfc2217", false, "FFFA2C", "41", 20, "PortUnsupported" },
        { "rfc2217", false, "FFFD2CFFFD00", "41", 0, "PortFlooded" },
        { "rfc2217", false, "FFFD2CFFFD00", "41", 20, "PortUnsupported" },
        { "rfc2217", false, "FFFD2CFFFD00FFFA2C", "41", 0, "PortUnsupported" },

        // One that turns after it has set the port up.
        { "rfc2217", true, "", "41", 0, "PortFlooded" },
        { "rfc2217", true, "", "C04142", 0, "PortFlooded" },
        { "rfc2217", true, "", "41", 20, "PortUnsupported" },
        { "rfc2217", true, "", "FFF1", 0, "PortUnsupported" },
        { "rfc2217", true, "", "FFFB7F", 0, "PortFlooded" },
        { "rfc2217", true, "FFFA2C", "41", 0, "PortUnsupported" },
        { "rfc2217", true, "FFFA2C6CFFF0", "41", 0, "PortFlooded" },
        { "rfc2217", true, "", "", 0, "PortUnsupported" },
    };

    [Theory]
    [MemberData(nameof(Peers))]
    public void A_connect_ends_in_one_error_whatever_the_peer_sends(
        string scheme, bool setsUp, string first, string piece, int pause, string codes)
    {
        using var peer = new HostilePeer(scheme, setsUp, Convert.FromHexString(first), Convert.FromHexString(piece), pause);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var options = new ConnectOptions { Attempts = 2 };
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => DeviceConnector.Connect(peer.Name, options, None).Dispose());

        Assert.Contains(error.Code.ToString(), codes.Split(' '));
        Assert.Equal(peer.Name, error.Target);
        Assert.NotEmpty(error.Advice);
        Assert.True(watch.Elapsed < s_timeLimit, $"It took {watch.Elapsed}.");
        AssertModest(peer, before);
    }

    [Theory]
    [InlineData("socket", "", "41", 0)]
    [InlineData("socket", "", "41", 10)]
    [InlineData("rfc2217", "", "41", 0)]
    [InlineData("rfc2217", "", "41", 10)]
    [InlineData("rfc2217", "", "FFF1", 0)]
    [InlineData("rfc2217", "FFFA2C", "41", 0)]
    public void Watching_output_ends_with_its_time_whatever_the_peer_sends(string scheme, string first, string piece, int pause)
    {
        using var peer = new HostilePeer(scheme, setsUp: true, Convert.FromHexString(first), Convert.FromHexString(piece), pause);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var options = new OutputOptions { Timeout = TimeSpan.FromSeconds(1), Until = [new("never")] };
        var error = Assert.Throws<OutputException>(() => OutputWatcher.Watch(peer.Name, options, None).Count());

        Assert.Equal(ErrorCode.OutputTimeout, error.Code);
        Assert.True(watch.Elapsed < s_timeLimit, $"It took {watch.Elapsed}.");
        AssertModest(peer, before);
    }

    [Theory]
    [InlineData("FFF1")]
    [InlineData("FFFC00")]
    public void A_read_ends_with_its_time_while_telnet_commands_come_without_end(string piece)
    {
        using var peer = new HostilePeer("rfc2217", setsUp: true, [], Convert.FromHexString(piece), pause: 0);
        using ISerialTransport port = TransportCatalog.Open(peer.Name, None);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, port.Read(new byte[16], 0, 16, TimeSpan.FromMilliseconds(300), None));
        Assert.True(watch.Elapsed < s_timeLimit, $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("rfc2217")]
    public void A_write_ends_while_the_peer_takes_a_few_bytes_from_time_to_time(string scheme)
    {
        using var server = new OneClientServer();
        var name = NetworkPortName.Parse($"{scheme}://127.0.0.1:{server.Port}", scheme);
        var slowReader = new System.Threading.Thread(() => ReadSlowly(server.Client, isTelnet: scheme == "rfc2217")) { IsBackground = true };
        slowReader.Start();
        ISerialTransport port = Open(scheme, name, TimeSpan.FromMilliseconds(300));

        try
        {
            var watch = Stopwatch.StartNew();
            byte[] much = new byte[256 * 1024 * 1024];
            AssertFails(ErrorCode.PortWriteTimeout, name.Text, () => port.Write(much, 0, much.Length, None));
            Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.7), s_timeLimit);
        }
        finally
        {
            port.Dispose();
            slowReader.Join();
        }
    }

    [Fact]
    public void What_a_talkative_application_said_for_an_hour_is_thrown_away()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        server.Client.SendBufferSize = 4 * 1024 * 1024;
        server.Client.Blocking = false;
        byte[] log = Encoding.ASCII.GetBytes(new string('.', 64 * 1024));
        for (int i = 0; i < 1000 && server.Client.Send(log, 0, log.Length, System.Net.Sockets.SocketFlags.None, out _) > 0; i++)
        {
        }

        port.DiscardInput(None);
    }

    private static ISerialTransport Open(string scheme, NetworkPortName name, TimeSpan writeLimit) => scheme == "rfc2217"
        ? new Rfc2217Transport(name, Rfc2217Options.Of(name), None, writeLimit)
        : new SocketTransport(name, None, writeLimit);

    // Often enough that the write never stands still for its whole limit.
    private static void ReadSlowly(System.Net.Sockets.Socket client, bool isTelnet)
    {
        client.ReceiveBufferSize = 256 * 1024;
        if (isTelnet)
        {
            HostilePeer.SetUp(client);
        }

        byte[] some = new byte[128 * 1024];
        try
        {
            while (client.Receive(some) > 0)
            {
                System.Threading.Thread.Sleep(20);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The port was closed.
        }
    }

    private static void AssertModest(HostilePeer peer, long before)
    {
        long grown = Math.Max(peer.PeakMemory, GC.GetTotalMemory(forceFullCollection: false)) - before;
        Assert.True(grown < MemoryLimit, $"{grown} bytes of memory, {peer.Sent} bytes sent.");
    }
}
