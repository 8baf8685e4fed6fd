using System;
using Esp32Tools.Formats.Ota;

namespace Esp32Tools.Core.Tests.Formats.Ota;

/// <summary>Otadata of entries, with good checksums.</summary>
internal static class OtaSamples
{
    public static OtaData Data((uint Sequence, OtaState State)? first, (uint Sequence, OtaState State)? second)
    {
        OtaData data = OtaData.Erased;
        data = first is { } one ? data.With(0, one.Sequence, one.State, keepsRest: false) : data;
        return second is { } two ? data.With(1, two.Sequence, two.State, keepsRest: false) : data;
    }

    /// <summary>Any contents: numbers near each other and near the ends, all states, bad checksums, rubbish.</summary>
    public static OtaData Any(Random random)
    {
        OtaState[] states = [OtaState.New, OtaState.PendingVerify, OtaState.Valid, OtaState.Invalid, OtaState.Aborted, OtaState.Undefined, (OtaState)7];
        uint Sequence() => random.Next(4) switch
        {
            0 => (uint)random.Next(6),
            1 => uint.MaxValue - (uint)random.Next(20),
            2 => (uint)random.Next(60, 66),
            _ => (uint)random.NextInt64(1L << 32),
        };
        OtaData data = Data((Sequence(), states[random.Next(states.Length)]), (Sequence(), states[random.Next(states.Length)]));
        byte[] bytes = data.ToBytes();
        for (int copy = 0; copy < 2; copy++)
        {
            int start = copy * OtaData.SectorSize;
            switch (random.Next(8))
            {
                case 0:
                    bytes[start + 28 + random.Next(4)] ^= 0x10;
                    break;
                case 1:
                    random.NextBytes(bytes.AsSpan(start, OtaData.SectorSize));
                    break;
                case 2:
                    bytes.AsSpan(start, OtaData.SectorSize).Fill(0xFF);
                    break;
            }
        }

        return OtaData.Parse(bytes);
    }
}
