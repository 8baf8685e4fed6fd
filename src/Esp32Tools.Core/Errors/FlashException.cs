using System;

namespace Esp32Tools.Errors;

/// <summary>Flash memory: a range that does not fit, or wrong contents.</summary>
public sealed class FlashException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public FlashException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }
}
