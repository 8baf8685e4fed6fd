using System;
using System.Threading;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class CommandChannelTests
{
    [Theory]
    [InlineData(115200, 1, 868)]
    [InlineData(2_000_000, 1, 50)]
    [InlineData(9600, int.MaxValue, 22_369_621_322_916)]
    public void Time_on_the_wire_is_ten_bits_a_byte_to_100_ns(int baudRate, int bytes, long ticks)
    {
        var port = new ScriptedTransport();
        port.SetBaudRate(baudRate, CancellationToken.None);
        Assert.Equal(TimeSpan.FromTicks(ticks), new CommandChannel(port).TimeOnWire(bytes));
    }
}
