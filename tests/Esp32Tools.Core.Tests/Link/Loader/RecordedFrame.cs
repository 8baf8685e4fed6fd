using System;
using System.Text.Json;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>One line of a recording.</summary>
/// <param name="FromHost">True for what the host sent.</param>
/// <param name="Kind">The recorder's name for it: a command, <c>raw</c>, <c>not-framed</c>, <c>stub-greeting</c>.</param>
/// <param name="Payload">The frame without delimiters and escapes; of a block of the stub only header and block header.</param>
/// <param name="MissingLength">Bytes that the recording leaves out, of a block of the stub.</param>
/// <param name="MissingSha256">Their SHA-256.</param>
internal sealed record RecordedFrame(bool FromHost, string Kind, byte[] Payload, int MissingLength, string? MissingSha256)
{
    /// <summary>True for a frame with the header of a request or an answer.</summary>
    public bool HasHeader => Kind is not ("raw" or "not-framed" or "stub-greeting" or "incomplete");

    public static RecordedFrame Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        bool whole = root.TryGetProperty("hex", out JsonElement hex);
        return new RecordedFrame(
            root.GetProperty("from").GetString() == "host",
            root.GetProperty("op").GetString()!,
            Convert.FromHexString((whole ? hex : root.GetProperty("header_hex")).GetString()!),
            whole ? 0 : root.GetProperty("payload_length").GetInt32(),
            whole ? null : root.GetProperty("payload_sha256").GetString());
    }
}
