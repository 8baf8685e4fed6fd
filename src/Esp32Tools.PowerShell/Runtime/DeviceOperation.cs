using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The work of one cmdlet on one device: its outcome, as it becomes a line of the log, a JSON object with Time, Cmdlet, Port,
/// Mac, Outcome, ErrorId and Seconds. There is no place for more, so a key cannot get there.
/// </summary>
/// <param name="log">The log; null for none.</param>
/// <param name="cmdlet">Name of the cmdlet.</param>
/// <param name="portName">The port.</param>
internal sealed class DeviceOperation(LineFile? log, string cmdlet, string portName)
{
    private readonly Stopwatch _clock = new();
    private DateTimeOffset _start;
    private bool _isOver;

    /// <summary>The port.</summary>
    public string PortName => portName;

    /// <summary>MAC of the device; null while it is not known.</summary>
    public string? Mac { get; set; }

    /// <summary>The first failure; null for none.</summary>
    public ErrorCode? Failure { get; private set; }

    /// <summary>True when a question was answered with No, or <c>-WhatIf</c> answers them.</summary>
    public bool IsDeclined { get; private set; }

    /// <summary>Duration of the work.</summary>
    public TimeSpan Duration => _clock.Elapsed;

    /// <summary>Results that the cmdlet sums up at its end.</summary>
    public List<object> Results { get; } = [];

    /// <summary>Begins to count the time.</summary>
    public void Start()
    {
        _start = DateTimeOffset.Now;
        _clock.Start();
    }

    /// <summary>Notes a failure; the first one counts.</summary>
    public void Fail(ErrorCode code) => Failure ??= code;

    /// <summary>Notes that a question was answered with No.</summary>
    public void Decline() => IsDeclined = true;

    /// <summary>Ends the work and writes the line; the first call counts.</summary>
    /// <param name="isStopped">True when the work did not come to its end, by Ctrl-C or by a later cmdlet that has enough.</param>
    public void End(bool isStopped)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _clock.Stop();
        string outcome = Failure is not null ? "Failed" : isStopped ? "Stopped" : IsDeclined ? "Declined" : "Done";
        log?.Append(new JsonLine()
            .Add("Time", _start.ToString("o", CultureInfo.InvariantCulture))
            .Add("Cmdlet", cmdlet)
            .Add("Port", portName)
            .Add("Mac", Mac)
            .Add("Outcome", outcome)
            .Add("ErrorId", Failure?.ToString())
            .Add("Seconds", Duration.TotalSeconds)
            .ToString());
    }
}
