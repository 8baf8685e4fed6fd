using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>With each answer twice, an answer may belong to the question before: nothing that was read can be relied upon.</summary>
public sealed class RepeatedAnswerTests
{
    [Theory]
    [InlineData("esp32", LoaderKind.Rom, false)]
    [InlineData("esp32", LoaderKind.Rom, true)]
    [InlineData("esp32", LoaderKind.Stub, false)]
    [InlineData("esp32", LoaderKind.Stub, true)]
    [InlineData("esp32c3", LoaderKind.Rom, false)]
    [InlineData("esp32c3", LoaderKind.Rom, true)]
    [InlineData("esp32c3", LoaderKind.Stub, false)]
    [InlineData("esp32c3", LoaderKind.Stub, true)]
    public void A_port_that_brings_each_answer_twice_is_found_out(string chip, LoaderKind loader, bool isLate)
    {
        using var bench = new HostBench(chip, loader);
        using var port = new RepeatingTransport(TransportCatalog.Open(bench.Board.PortName, CancellationToken.None), isLate);

        var error = Assert.Throws<LoaderException>(() =>
        {
            Esp32Device device = DeviceConnector.Connect(port, bench.Options, CancellationToken.None);
            Esp32DeviceInfo.Read(device, CancellationToken.None);
        });

        Assert.Equal(ErrorCode.UnexpectedReply, error.Code);
        Assert.Contains("twice", error.Message, System.StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }
}
