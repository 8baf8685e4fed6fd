using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>
/// The other end of the wire, written for these tests alone: plain SLIP, no retries, no opinion.
/// </summary>
internal sealed class WireHost : IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);
    private readonly List<byte> _unframed = [];

    public WireHost(Esp32Simulator board) => Port = board.Open();

    public ISerialTransport Port { get; }

    /// <summary>What came between frames.</summary>
    public IReadOnlyList<byte> Unframed => _unframed;

    public static byte[] Frame(byte[] payload) =>
    [
        0xC0,
        .. payload.SelectMany(value => value switch { 0xC0 => [0xDB, 0xDC], 0xDB => [0xDB, 0xDD], _ => new[] { value } }),
        0xC0,
    ];

    public static byte[] Request(byte opcode, params uint[] words) => Request(opcode, 0, [.. words.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Request(byte opcode, uint checksum, byte[] body) =>
        [0, opcode, .. BitConverter.GetBytes((ushort)body.Length), .. BitConverter.GetBytes(checksum), .. body];

    /// <summary>A data block with the right checksum.</summary>
    public static byte[] Block(byte opcode, uint sequence, byte[] data) => Request(
        opcode,
        data.Aggregate((byte)0xEF, (sum, value) => (byte)(sum ^ value)),
        [.. new[] { (uint)data.Length, sequence, 0u, 0u }.SelectMany(BitConverter.GetBytes), .. data]);

    public void Send(params byte[][] payloads) => SendRaw([.. payloads.SelectMany(Frame)]);

    public void SendRaw(byte[] bytes) => Port.Write(bytes, 0, bytes.Length, CancellationToken.None);

    /// <summary>Sends one request and gives the frames that come back.</summary>
    public List<byte[]> Ask(byte opcode, params uint[] words)
    {
        Send(Request(opcode, words));
        return Receive();
    }

    /// <summary>The value word of the first reply to READ_REG.</summary>
    public uint ReadRegister(uint address) => BitConverter.ToUInt32(Ask(0x0A, address)[0], 4);

    public void WriteRegister(uint address, uint value) => Ask(0x09, address, value, uint.MaxValue, 0);

    public void Sync() => Ask(0x08, [0x2012_0707, .. Enumerable.Repeat(0x5555_5555u, 8)]);

    /// <summary>Loads something that passes for a stub, and starts it.</summary>
    public void StartStub(uint address)
    {
        Ask(0x05, 64, 1, 0x1800, address);
        Send(Block(0x07, 0, new byte[64]));
        Receive();
        Ask(0x06, 0, address);
    }

    /// <summary>All that arrives until the line is quiet.</summary>
    public byte[] ReceiveRaw()
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[65536];
        while (Port.Read(buffer, 0, buffer.Length, s_quiet, CancellationToken.None) is int count and > 0)
        {
            bytes.AddRange(buffer.AsSpan(0, count));
        }

        return [.. bytes];
    }

    /// <summary>The frames that arrive until the line is quiet; what stands between them goes to <see cref="Unframed"/>.</summary>
    public List<byte[]> Receive()
    {
        List<byte[]> frames = [];
        List<byte>? frame = null;
        bool escaped = false;
        foreach (byte value in ReceiveRaw())
        {
            if (value == 0xC0)
            {
                if (frame is { Count: > 0 })
                {
                    frames.Add([.. frame]);
                    frame = null;
                }
                else
                {
                    frame = [];
                }
            }
            else if (frame is null)
            {
                _unframed.Add(value);
            }
            else if (escaped || value != 0xDB)
            {
                frame.Add(!escaped ? value : value == 0xDC ? (byte)0xC0 : (byte)0xDB);
                escaped = false;
            }
            else
            {
                escaped = true;
            }
        }

        return frames;
    }

    public void Dispose() => Port.Dispose();
}
