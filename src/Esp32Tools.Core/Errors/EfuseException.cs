using System;

namespace Esp32Tools.Errors;

/// <summary>An eFuse burn was refused before the first bit, or failed.</summary>
public sealed class EfuseException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public EfuseException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }
}
