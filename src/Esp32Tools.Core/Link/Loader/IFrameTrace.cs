using System;

namespace Esp32Tools.Link.Loader;

/// <summary>Receives every frame. An implementation must not show data that may be secret.</summary>
public interface IFrameTrace
{
    /// <summary>The loader is known now: the chip was found, or the stub took over.</summary>
    void Identified(TimeSpan time, LoaderDialect dialect);

    /// <summary>A request was sent.</summary>
    void Sent(TimeSpan time, LoaderRequest request, byte[] payload);

    /// <summary>An answer was received.</summary>
    void Received(TimeSpan time, LoaderRequest request, LoaderReply reply, int status);

    /// <summary>A frame without header passed: flash data, its acknowledgement, the stub's greeting.</summary>
    void Raw(TimeSpan time, bool sent, byte[] payload);

    /// <summary>An event other than a frame: a reset, a change of baud rate, a time-out.</summary>
    void Note(TimeSpan time, string text);
}
