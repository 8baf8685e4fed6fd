using System;

namespace Esp32Tools.Simulator.Link;

/// <summary>The bytes a UART receives when they were sent at another rate: different ones, more or fewer, the same each time.</summary>
internal sealed class LineNoise
{
    // UARTs sample the middle of ten bits; above about 3 % deviation the last ones are read wrongly.
    private const double Tolerance = 0.03;

    private uint _state;

    public LineNoise(int seed) => _state = (uint)seed | 1;

    public static bool Understand(int sender, int receiver) => Math.Abs(((double)sender / receiver) - 1) <= Tolerance;

    public byte[] Garble(int count, int sender, int receiver)
    {
        byte[] heard = new byte[Math.Max(1, (int)Math.Min((long)count * receiver / sender, 8L * count))];
        for (int i = 0; i < heard.Length; i++)
        {
            // Xorshift: the quality does not matter, only the same bytes every time.
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            heard[i] = (byte)(_state >> 11);
        }

        return heard;
    }
}
