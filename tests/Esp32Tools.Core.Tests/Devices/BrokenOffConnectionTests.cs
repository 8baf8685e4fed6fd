using System;
using System.Threading;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>
/// Connections that end at any point, by the person or by the plug: the port is closed, no chip is held in reset, and the
/// error is the one of what happened.
/// </summary>
public sealed class BrokenOffConnectionTests
{
    public static TheoryData<string, bool, int> Ways
    {
        get
        {
            TheoryData<string, bool, int> ways = new()
            {
                { "esp32-rom-connect-detect", false, 115200 },
                { "esp32c3-rom-connect-detect", false, 460800 },
            };
            if (StubStore.Contains("esp32"))
            {
                ways.Add("esp32-rom-connect-detect", true, 921600);
                ways.Add("esp32c3-rom-connect-detect", true, 115200);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Cancelled_at_any_call_the_lines_are_released_and_the_port_is_closed(string name, bool stub, int baudRate)
    {
        int calls = CallsOf(name, stub, baudRate);
        for (int call = 1; call <= calls; call++)
        {
            using var cancel = new CancellationTokenSource();
            int at = call;
            ScriptedTransport port = NewPort(name, $"cancel:{name}:{stub}:{call}");
            port.BeforeCall = number =>
            {
                if (number == at)
                {
                    cancel.Cancel();
                }
            };

            Assert.ThrowsAny<OperationCanceledException>(() => DeviceConnector.Connect(port.PortName, Options(stub, baudRate), cancel.Token));

            Assert.True(port.IsDisposed, $"The port is open after a stop at call {call}.");
            Assert.False(port.RequestToSend || port.DataTerminalReady, $"Lines are asserted after a stop at call {call}.");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Lost_at_any_call_the_port_is_named_and_closed(string name, bool stub, int baudRate)
    {
        int calls = CallsOf(name, stub, baudRate);

        // A port lost at the very last wait is not missed any more: the session finds out with its first request.
        for (int call = 1; call < calls; call++)
        {
            ScriptedTransport port = NewPort(name, $"lose:{name}:{stub}:{call}");
            port.LoseAtCall = call;
            var error = Assert.Throws<TransportException>(() => DeviceConnector.Connect(port.PortName, Options(stub, baudRate), CancellationToken.None));
            Assert.Equal((ErrorCode.PortLost, port.PortName), (error.Code, error.Target));
            Assert.True(port.IsDisposed, $"The port is open after it was lost at call {call}.");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Falling_silent_at_any_request_ends_in_one_clear_error_and_a_closed_port(string name, bool stub, int baudRate)
    {
        int requests = RequestsOf(name, stub, baudRate);
        for (int request = 2; request <= requests; request++)
        {
            ScriptedTransport port = NewPort(name, $"silence:{name}:{stub}:{request}", answered: request - 1);
            var error = Assert.Throws<LoaderException>(() => DeviceConnector.Connect(port.PortName, Options(stub, baudRate), CancellationToken.None));
            Assert.True(
                error.Code is ErrorCode.ReplyTimeout or ErrorCode.BaudRateChangeFailed or ErrorCode.StubStartFailed,
                $"{error.Code} after silence from request {request} on.");
            Assert.True(port.IsDisposed);
            Assert.True(port.Clock.Now < TimeSpan.FromSeconds(60), $"It took {port.Clock.Now}.");
        }
    }

    private static ConnectOptions Options(bool stub, int baudRate) => new() { UseStub = stub, BaudRate = baudRate };

    private static int CallsOf(string name, bool stub, int baudRate) => Whole(name, stub, baudRate).Calls;

    private static int RequestsOf(string name, bool stub, int baudRate) => Whole(name, stub, baudRate).Written.Count;

    private static ScriptedTransport Whole(string name, bool stub, int baudRate)
    {
        ScriptedTransport port = NewPort(name, $"whole:{name}:{stub}:{Guid.NewGuid()}");
        using Esp32Device device = DeviceConnector.Connect(port.PortName, Options(stub, baudRate), CancellationToken.None);
        Assert.Equal((stub, baudRate), (device.IsStub, device.BaudRate));
        return port;
    }

    private static ScriptedTransport NewPort(string recording, string portName, int answered = int.MaxValue)
    {
        ScriptedTransport port = ScriptedProvider.NewPort("scripted:" + portName);
        var chip = new RecordedChip(recording, port) { FollowsBaudRate = true };
        chip.Override = _ => port.Written.Count > answered;
        return port;
    }
}
