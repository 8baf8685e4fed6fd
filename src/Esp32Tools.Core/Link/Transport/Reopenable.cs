using System;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// The open resource of a port, which may be closed and opened again. Between a failed opening and the next one the port
/// counts as lost.
/// </summary>
internal sealed class Reopenable<T> : IDisposable
    where T : class, IDisposable
{
    private readonly string _portName;
    private readonly Func<CancellationToken, T> _open;
    private T? _current;
    private bool _disposed;

    internal Reopenable(string portName, Func<CancellationToken, T> open, CancellationToken cancellationToken)
    {
        _portName = portName;
        _open = open;
        cancellationToken.ThrowIfCancellationRequested();
        _current = open(cancellationToken);
    }

    /// <exception cref="TransportException"><see cref="ErrorCode.PortLost"/>: the last reopening failed.</exception>
    /// <exception cref="ObjectDisposedException">The port was closed.</exception>
    internal T Current
    {
        get
        {
            ThrowIfDisposed();
            return _current ?? throw TransportErrors.Lost(_portName, "it could not be opened again");
        }
    }

    internal void Reopen(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        Close();
        _current = _open(cancellationToken);
    }

    public void Dispose()
    {
        _disposed = true;
        Close();
    }

    private void Close()
    {
        _current?.Dispose();
        _current = null;
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(_portName);
        }
    }
}
