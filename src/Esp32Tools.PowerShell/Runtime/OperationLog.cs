using System;
using System.Diagnostics;
using System.Globalization;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The work of one cmdlet on one device, as it becomes a line of the log: a JSON object with Time, Cmdlet, Port, Mac, Outcome,
/// ErrorId and Seconds. There is no place for more, so a key cannot get there.
/// </summary>
/// <param name="file">The log.</param>
/// <param name="cmdlet">Name of the cmdlet.</param>
/// <param name="portName">The port.</param>
internal sealed class OperationLog(LineFile file, string cmdlet, string portName)
{
    private readonly DateTimeOffset _start = DateTimeOffset.Now;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ErrorCode? _failure;
    private bool _isDeclined;
    private bool _isWritten;

    /// <summary>MAC of the device; null while it is not known.</summary>
    public string? Mac { get; set; }

    /// <summary>Notes a failure; the first one counts.</summary>
    public void Fail(ErrorCode code) => _failure ??= code;

    /// <summary>Notes that a question was answered with No, or that <c>-WhatIf</c> answers them.</summary>
    public void Decline() => _isDeclined = true;

    /// <summary>Writes the line; the first call counts.</summary>
    /// <param name="isStopped">True when the work did not come to its end, by Ctrl-C or by a later cmdlet that has enough.</param>
    public void End(bool isStopped)
    {
        if (_isWritten)
        {
            return;
        }

        _isWritten = true;
        string outcome = _failure is not null ? "Failed" : isStopped ? "Stopped" : _isDeclined ? "Declined" : "Done";
        file.Append(new JsonLine()
            .Add("Time", _start.ToString("o", CultureInfo.InvariantCulture))
            .Add("Cmdlet", cmdlet)
            .Add("Port", portName)
            .Add("Mac", Mac)
            .Add("Outcome", outcome)
            .Add("ErrorId", _failure?.ToString())
            .Add("Seconds", _clock.Elapsed.TotalSeconds)
            .ToString());
    }
}
