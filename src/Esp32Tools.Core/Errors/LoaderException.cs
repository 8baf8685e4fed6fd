using System;

namespace Esp32Tools.Errors;

/// <summary>The loader on the chip refused a command, answered out of turn or not at all.</summary>
public sealed class LoaderException : Esp32Exception
{
    /// <inheritdoc cref="Esp32Exception(ErrorCode, string, string, Exception)"/>
    public LoaderException(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(code, message, advice, innerException)
    {
    }

    /// <summary>Name of the command, such as <c>FLASH_BEGIN</c>; null when none was in progress.</summary>
    public string? Command { get; init; }

    /// <summary>
    /// The chip's status: for the ROM its reason byte (0x05 invalid message, 0x07 bad checksum, ...), for the stub its
    /// 16-bit code (0xC100 bad checksum, ...). Null when the chip gave none.
    /// </summary>
    public int? Status { get; init; }
}
