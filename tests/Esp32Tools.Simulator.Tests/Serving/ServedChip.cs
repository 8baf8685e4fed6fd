using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>Steps that the tests of every kind of server share.</summary>
internal sealed class ServedChip
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<FakeChip> _opened = new();

    internal static CancellationToken None => CancellationToken.None;

    internal bool Echoes { get; init; } = true;

    internal int OpenedCount => _opened.Count;

    /// <summary>The chip of the client that came last.</summary>
    internal FakeChip Chip
    {
        get
        {
            Eventually(() => !_opened.IsEmpty);
            return _opened.Last();
        }
    }

    internal ISerialTransport Open(CancellationToken cancellationToken)
    {
        var chip = new FakeChip { Echoes = Echoes };
        _opened.Enqueue(chip);
        return chip;
    }

    internal static void Eventually(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < Long, "It never came about.");
            Thread.Sleep(2);
        }
    }

    internal static byte[] ReadExactly(ISerialTransport port, int count)
    {
        byte[] bytes = new byte[count];
        for (int got = 0; got < count;)
        {
            int now = port.Read(bytes, got, count - got, Long, None);
            Assert.True(now > 0, $"Only {got} of {count} bytes came.");
            got += now;
        }

        return bytes;
    }

    /// <summary>Sends the bytes through the server to an echoing chip and expects them back.</summary>
    internal static void AssertEchoed(ISerialTransport port, byte[] bytes)
    {
        for (int offset = 0; offset < bytes.Length; offset += 2048)
        {
            byte[] part = bytes[offset..Math.Min(offset + 2048, bytes.Length)];
            port.Write(part, 0, part.Length, None);
            Assert.Equal(part, ReadExactly(port, part.Length));
        }
    }

    internal static byte[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)((index * 7) + (index >> 8)))];

    internal SimulatorServer Start(string kind) => kind switch
    {
        "socket" => SimulatorServer.StartSocket(Open),
        "rfc2217" => SimulatorServer.StartRfc2217(Open),
        _ => SimulatorServer.StartPseudoTerminal(Open),
    };
}
