using System;

namespace Esp32Tools.Link.Loader;

/// <summary>Gives every event to two traces.</summary>
internal sealed class TwoFrameTraces(IFrameTrace first, IFrameTrace second) : IFrameTrace
{
    /// <inheritdoc/>
    public void Identified(TimeSpan time, LoaderDialect dialect)
    {
        first.Identified(time, dialect);
        second.Identified(time, dialect);
    }

    /// <inheritdoc/>
    public void Sent(TimeSpan time, LoaderRequest request, byte[] payload)
    {
        first.Sent(time, request, payload);
        second.Sent(time, request, payload);
    }

    /// <inheritdoc/>
    public void Received(TimeSpan time, LoaderRequest request, LoaderReply reply, int status)
    {
        first.Received(time, request, reply, status);
        second.Received(time, request, reply, status);
    }

    /// <inheritdoc/>
    public void Raw(TimeSpan time, bool sent, byte[] payload)
    {
        first.Raw(time, sent, payload);
        second.Raw(time, sent, payload);
    }

    /// <inheritdoc/>
    public void Note(TimeSpan time, string text)
    {
        first.Note(time, text);
        second.Note(time, text);
    }
}
