using System.Collections.Generic;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>SLIP for the other end of a test, written apart from Core's so that the two cannot share a mistake.</summary>
internal static class TestSlip
{
    public static byte[] Frame(params byte[] payload)
    {
        List<byte> wire = [0xC0];
        foreach (byte value in payload)
        {
            wire.AddRange(value == 0xC0 ? [0xDB, 0xDC] : value == 0xDB ? [0xDB, 0xDD] : new[] { value });
        }

        wire.Add(0xC0);
        return [.. wire];
    }

    /// <summary>The payloads of a stream that holds whole frames and nothing else.</summary>
    public static IReadOnlyList<byte[]> Payloads(IEnumerable<byte> wire)
    {
        List<byte[]> payloads = [];
        List<byte> payload = [];
        bool escaped = false;
        foreach (byte value in wire)
        {
            if (value == 0xC0)
            {
                if (payload.Count > 0)
                {
                    payloads.Add([.. payload]);
                    payload.Clear();
                }
            }
            else if (value == 0xDB)
            {
                escaped = true;
            }
            else
            {
                payload.Add(!escaped ? value : value == 0xDC ? (byte)0xC0 : (byte)0xDB);
                escaped = false;
            }
        }

        return payloads;
    }
}
