using System;

namespace Esp32Tools.Errors;

/// <summary>The cable: the port, or the connection behind it, failed.</summary>
public sealed class TransportException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public TransportException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }
}
