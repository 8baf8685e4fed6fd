using System;

namespace Esp32Tools.Link.Loader;

/// <summary>Sees every frame as it passes. An implementation must not show what may be secret.</summary>
public interface IFrameTrace
{
    /// <summary>It is known now who is talking: the chip was found, or the stub took over.</summary>
    void Identified(TimeSpan time, LoaderDialect dialect);

    /// <summary>A request went out.</summary>
    void Sent(TimeSpan time, LoaderRequest request, byte[] payload);

    /// <summary>An answer came in.</summary>
    void Received(TimeSpan time, LoaderRequest request, LoaderReply reply, int status);

    /// <summary>A frame without header passed: flash data, its acknowledgement, the stub's greeting.</summary>
    void Raw(TimeSpan time, bool sent, byte[] payload);

    /// <summary>Something happened that is no frame: a reset, a change of baud rate, a time-out.</summary>
    void Note(TimeSpan time, string text);
}
