using System;
using System.Text;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

public sealed class LeaveTests
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Every_way_out_ends_where_it_says_or_says_that_it_cannot(string chip, LoaderKind loader)
    {
        BoardState stays = loader == LoaderKind.Stub ? BoardState.Stub : BoardState.RomLoader;
        foreach (LeaveMode leave in Enum.GetValues<LeaveMode>())
        {
            using var bench = new HostBench(chip, loader);
            BoardState? expected = leave switch
            {
                LeaveMode.HardReset => BoardState.Application,
                LeaveMode.SoftReset => loader == LoaderKind.Rom ? BoardState.Application : null,
                LeaveMode.WatchdogReset => bench.Chip.Watchdog is { CanReset: true } ? BoardState.Application : null,
                LeaveMode.NoReset => stays,
                _ => loader == LoaderKind.Stub ? BoardState.Stub : null,
            };
            Esp32Device device = bench.Connect();

            Exception? error = Record.Exception(() => device.Close(leave, CancellationToken.None));

            Assert.False(bench.Board.IsOpen);
            Assert.Equal(expected ?? stays, bench.Board.GetState());
            Assert.Equal(expected is null ? ErrorCode.ChipUnsupported : null, (error as Esp32Exception)?.Code);
            Assert.Equal(expected is null, error is not null);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Application_that_was_written_runs_after_a_restart(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Write(HostFirmware.For(bench.Chip));
        using ISerialTransport port = TransportCatalog.Open(bench.Board.PortName, CancellationToken.None);

        DeviceRestart.IntoApplication(port, CancellationToken.None);

        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (int count; (count = port.Read(buffer, 0, buffer.Length, TimeSpan.FromSeconds(1), CancellationToken.None)) > 0;)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        Assert.Contains("Project name:     sample-product", text.ToString());
        Assert.Contains("Calling app_main()", text.ToString());
    }
}
