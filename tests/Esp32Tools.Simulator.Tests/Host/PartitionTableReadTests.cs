using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Link.Transport;
using Esp32Tools.Storage.Partitions;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A table is read up to its end and no further.</summary>
public sealed class PartitionTableReadTests
{
    private const uint Offset = PartitionTableOptions.DefaultTableOffset;

    [Theory]
    [InlineData(1)]
    [InlineData(14)] // with the MD5 entry and the end, the last that fits into the first piece
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(94)] // with the MD5 entry and the end, the whole area
    public void Table_of_any_length_is_read_whole(int count)
    {
        PartitionTable table = PartitionTable.FromRows([.. Rows(count)]);
        using var bench = new HostBench("esp32c3", LoaderKind.Stub);
        bench.Board.LoadFlash(Offset, table.ToBytes());
        using Esp32Device device = bench.Connect();

        PartitionTable read = PartitionTableReader.Read(device, Offset, CancellationToken.None);

        Assert.Equal(table.Partitions, read.Partitions);
        Assert.True(read.HasMd5);
    }

    [Theory]
    [InlineData(LoaderKind.Rom)]
    [InlineData(LoaderKind.Stub)]
    public void Short_table_costs_a_sixth_of_the_area(LoaderKind loader)
    {
        using var bench = new HostBench("esp32c3", loader);
        bench.Board.LoadFlash(Offset, PartitionTable.FromRows([.. Rows(3)]).ToBytes());
        var port = new MeteredTransport(TransportCatalog.Open(bench.Board.PortName, CancellationToken.None));
        using Esp32Device device = DeviceConnector.Connect(port, bench.Options, CancellationToken.None);
        _ = PartitionTableReader.Read(device, Offset, CancellationToken.None);
        long before = port.BytesToHost;

        _ = PartitionTableReader.Read(device, Offset, CancellationToken.None);

        Assert.InRange(port.BytesToHost - before, 0x200, 0x400);
    }

    private static IEnumerable<PartitionRow> Rows(int count) =>
        Enumerable.Range(0, count).Select(index => new PartitionRow { Place = $"row {index}", Name = $"part{index}", Type = "data", SubType = "nvs", Size = "4K" });
}
