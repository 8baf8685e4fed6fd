using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Tests.Shared.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>The stub's stream of flash contents as recorded: the same request, and the same acknowledgements.</summary>
public sealed class ReadFlashReplayTests
{
    public static TheoryData<string> Names => [.. ((IEnumerable<object[]>)Recording.SessionNames).Select(row => (string)row[0]).Where(HoldsStream)];

    [StubTheory]
    [MemberData(nameof(Names))]
    public void Recorded_stream_is_read_with_the_recorded_acknowledgements(string name)
    {
        var chip = new RecordedChip(Recording.Load(name), new ScriptedTransport());
        var options = new ConnectOptions { BaudRate = 115200, Before = ConnectReset.NoReset };
        using Esp32Device device = DeviceConnector.Connect(chip.Transport, options, CancellationToken.None);
        RecordedExchange[] recorded = [.. chip.Recording.Exchanges.SkipWhile(exchange => exchange.Request.Kind != "READ_FLASH")];
        RecordedExchange[] acknowledged = [.. recorded.Skip(1).TakeWhile(exchange => exchange.Request.Kind == "raw")];
        byte[] request = recorded[0].Request.Payload;
        uint address = BinaryPrimitives.ReadUInt32LittleEndian(request.AsSpan(8));
        var data = new byte[BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(12))];
        int before = chip.Transport.Written.Count;

        FlashStream.Read(device, address, data, 0, data.Length, _ => { }, CancellationToken.None);

        Assert.Equal(recorded.Take(1).Concat(acknowledged).Select(exchange => exchange.Request.Payload), chip.Transport.Written.Skip(before));
        byte[][] packets = [.. recorded.Take(acknowledged.Length).SelectMany(exchange => exchange.Answers).Where(frame => frame.Kind == "raw").Select(frame => frame.Payload)];
        Assert.Equal(packets.SelectMany(packet => packet), data);
    }

    private static bool HoldsStream(string name) => Recording.Load(name).Exchanges.Any(exchange => exchange.Request.Kind == "READ_FLASH");
}
