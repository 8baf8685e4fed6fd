using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>A chip that answers each request at the last moment: every wait ends in its time, and all of them together do.</summary>
public sealed class ConnectLimitTests
{
    private const byte Sync = 0x08;
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(2.9);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_ends_in_its_time_though_each_answer_comes(bool hasLines)
    {
        ScriptedTransport port = LateChip(new TransportTraits { HasModemLines = hasLines });
        var options = new ConnectOptions { UseStub = false, TimeLimit = TimeSpan.FromSeconds(2), Attempts = 2 };
        var error = Assert.Throws<LoaderException>(() => DeviceConnector.Connect(port, options, CancellationToken.None));
        Assert.Equal(ErrorCode.ReplyTimeout, error.Code);
        Assert.Contains("after 2 s", error.Message);
        Assert.Equal(port.PortName, error.Target);
        Assert.EndsWith(".", error.Advice);
        Assert.InRange(port.Clock.Now, options.TimeLimit, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void The_limit_ends_with_the_connecting()
    {
        ScriptedTransport port = LateChip(new TransportTraits());
        Esp32Device device = DeviceConnector.Connect(port, new ConnectOptions { UseStub = false, BaudRate = 115200 }, CancellationToken.None);
        port.Clock.Delay(TimeSpan.FromHours(1), CancellationToken.None);
        device.GetLoader().ReadRegister(0x6000_0000, CancellationToken.None);
    }

    // An ESP32-C3 by its security information; its registers are zero.
    private static ScriptedTransport LateChip(TransportTraits traits)
    {
        var port = new ScriptedTransport(traits);
        port.FrameWritten = frame =>
        {
            foreach ((byte[] answer, TimeSpan after) in Answers(frame[1]))
            {
                port.ArriveFrame(answer, after);
            }
        };
        return port;
    }

    private static IEnumerable<(byte[] Answer, TimeSpan After)> Answers(byte command)
    {
        for (int i = 0; command == Sync && i < 8; i++)
        {
            yield return ([1, Sync, 4, 0, 7, 7, 0x12, 0x20, 0, 0, 0, 0], TimeSpan.Zero);
        }

        if (command == 0x14)
        {
            yield return ([1, command, 24, 0, 0, 0, 0, 0, .. new byte[12], 5, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0], s_late);
        }
        else if (command != Sync)
        {
            yield return ([1, command, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0], s_late);
        }
    }
}
