using System;
using System.Collections.Generic;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>A frame of the host and what the chip sent before the host's next one.</summary>
internal sealed class RecordedExchange(RecordedFrame request, LoaderDialect dialect)
{
    public RecordedFrame Request { get; } = request;

    /// <summary>Who was asked.</summary>
    public LoaderDialect Dialect { get; } = dialect;

    public List<RecordedFrame> Answers { get; } = [];

    public override string ToString() =>
        $"{Request.Kind} {Convert.ToHexString(Request.Payload.AsSpan(0, Math.Min(32, Request.Payload.Length)))}";
}
