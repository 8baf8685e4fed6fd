using System;

namespace Esp32Tools.Errors;

/// <summary>Bad input: a file, an image or a table that cannot be used.</summary>
public sealed class InputException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public InputException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }
}
