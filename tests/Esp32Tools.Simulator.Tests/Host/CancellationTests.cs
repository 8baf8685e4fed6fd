using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

public sealed class CancellationTests
{
    private const int Points = 60;
    private static readonly FlashImage s_image = new("noise", 0x2_0001, HostFirmware.Noise(50_000, 1));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Cancelled_at_any_point_the_lines_are_released_and_the_port_is_free(string chip, LoaderKind loader)
    {
        int calls = CallsBefore(chip, loader, int.MaxValue);
        Assert.True(calls > Points);
        for (int point = 0; point < Points; point += Thoroughness.Stride(everyday: 3))
        {
            // The first calls are the reset: each of them.
            int last = point < Points / 3 ? point : point * calls / Points;
            Assert.Equal(last, CallsBefore(chip, loader, last));
        }
    }

    // Runs a job, cancelled when so many calls were made; gives the number of calls that were made.
    private static int CallsBefore(string chip, LoaderKind loader, int last)
    {
        using var bench = new HostBench(chip, loader);
        using var cancellation = new CancellationTokenSource();
        int calls = 0;
        void Count()
        {
            if (!cancellation.IsCancellationRequested && calls++ == last)
            {
                calls--;
                cancellation.Cancel();
            }
        }

        var port = new MeteredTransport(TransportCatalog.Open(bench.Board.PortName, CancellationToken.None)) { Before = Count };
        Exception? error = Record.Exception(() =>
        {
            try
            {
                Esp32Device device = DeviceConnector.Connect(port, bench.Options, cancellation.Token);
                FlashWriter.Write(device, [s_image], new(), null, cancellation.Token);
            }
            finally
            {
                port.Before = null;
                Assert.True(port.LinesReleased, $"cancelled at call {last}");
                port.Dispose();
            }
        });

        Assert.Equal(last < int.MaxValue, error is OperationCanceledException);
        Assert.Equal(last == int.MaxValue, error is null);
        Assert.False(bench.Board.IsOpen);
        bench.Write([s_image]);
        Assert.True(bench.Holds(s_image));
        return calls;
    }
}
