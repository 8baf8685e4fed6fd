using System;

namespace Esp32Tools.Link.Loader;

/// <summary>Ends a trace when it is disposed.</summary>
internal sealed class TraceEnd(Action end) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => end();
}
