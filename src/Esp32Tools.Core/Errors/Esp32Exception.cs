using System;

namespace Esp32Tools.Errors;

/// <summary>
/// A failure a user can do something about. The message describes it, <see cref="Advice"/> suggests a remedy;
/// neither names a cmdlet or a parameter.
/// </summary>
public class Esp32Exception : Exception
{
    /// <summary>Makes an exception with its code, message and advice, which quote any text: see <see cref="VisibleText"/>.</summary>
    public Esp32Exception(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(VisibleText.Message(message), innerException)
    {
        Code = code;
        Advice = VisibleText.Message(advice);
    }

    /// <summary>The kind of failure.</summary>
    public ErrorCode Code { get; }

    /// <summary>True when a repeat of the same step may succeed (a lost byte, a damaged block).</summary>
    public bool IsTransient { get; init; }

    /// <summary>True when the operation is possible with <see cref="Code"/> among the refusals to lift.</summary>
    public bool IsLiftable { get; internal set; }

    /// <summary>The suggested remedy. A whole sentence, or empty.</summary>
    public string Advice { get; }

    /// <summary>The object of the failure: the port, the path or the field. Null when the message is enough.</summary>
    public string? Target { get; init; }
}
