using System;

namespace Esp32Tools.Errors;

/// <summary>
/// A failure a user can do something about. The message says what happened, <see cref="Advice"/> what to try;
/// neither names a cmdlet or a parameter.
/// </summary>
public class Esp32Exception : Exception
{
    /// <summary>Makes an exception with its code, message and advice.</summary>
    public Esp32Exception(ErrorCode code, string message, string advice = "", Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Advice = advice;
    }

    /// <summary>What kind of failure it is.</summary>
    public ErrorCode Code { get; }

    /// <summary>True when the same step may well succeed if simply tried again (a lost byte, a damaged block).</summary>
    public bool IsTransient { get; init; }

    /// <summary>True when the operation can be had all the same by naming <see cref="Code"/> as a refusal to lift.</summary>
    public bool IsLiftable { get; internal set; }

    /// <summary>What the person can do. A whole sentence, or empty.</summary>
    public string Advice { get; }

    /// <summary>What it is about: the port, the path or the field. Null when the message says it all.</summary>
    public string? Target { get; init; }
}
