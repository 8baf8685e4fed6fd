using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>How a job with a fault ended.</summary>
/// <param name="Error">The error it ended in; null for success.</param>
/// <param name="Repeats">What had to be sent again.</param>
/// <param name="Took">Time of the board.</param>
/// <param name="Complaint">What must not be; null when all is as it should.</param>
internal sealed record JobOutcome(Esp32Exception? Error, int Repeats, TimeSpan Took, string? Complaint)
{
    public bool IsSuccess => Error is null && Complaint is null;

    public static JobOutcome Broken(string complaint) => new(null, 0, TimeSpan.Zero, complaint);
}
