using System;
using System.Text.Json;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>One line of a recording (tests/Vectors/wire.md).</summary>
internal sealed record RecordedFrame(bool FromHost, string Operation, byte[] Bytes)
{
    public const byte ReadRegister = 0x0A;

    public bool IsFramed => Operation is not ("not-framed" or "incomplete");

    /// <summary>True for what looks like a request or an answer: eight bytes of header, and no rubbish.</summary>
    public bool HasHeader => IsFramed && Operation != "raw" && Bytes.Length >= 8;

    public bool IsReadRegister => Operation == "READ_REG" && Bytes.Length >= 12 && Bytes[1] == ReadRegister;

    public uint Word(int offset) => BitConverter.ToUInt32(Bytes, offset);

    public static RecordedFrame Parse(string line)
    {
        JsonElement json = JsonDocument.Parse(line).RootElement;
        bool fromHost = json.GetProperty("from").GetString() == "host";
        string operation = json.GetProperty("op").GetString()!;
        if (json.TryGetProperty("hex", out JsonElement hex))
        {
            return new(fromHost, operation, Convert.FromHexString(hex.GetString()!));
        }

        // Stub code is not in the recordings: zeros take its place, and one byte that makes the checksum right.
        byte[] header = Convert.FromHexString(json.GetProperty("header_hex").GetString()!);
        byte[] payload = new byte[json.GetProperty("payload_length").GetInt32()];
        payload[0] = (byte)(0xEF ^ header[4]);
        return new(fromHost, operation, [.. header, .. payload]);
    }
}
