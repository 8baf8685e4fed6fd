using System;

namespace Esp32Tools.Errors;

/// <summary>The chip is the wrong one, unknown, or in a state that does not allow the operation.</summary>
public sealed class ChipException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public ChipException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }
}
