using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Output;

/// <summary>
/// The output of a chip was not as awaited: <see cref="ErrorCode.OutputFailed"/>, <see cref="ErrorCode.OutputTimeout"/>.
/// </summary>
public sealed class OutputException : Esp32Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">The message.</param>
    /// <param name="advice">The suggested remedy.</param>
    /// <param name="lines">The lines so far.</param>
    public OutputException(ErrorCode code, string message, string advice, IEnumerable<Esp32OutputLine> lines)
        : base(code, message, advice) => Lines = [.. lines];

    /// <summary>
    /// The lines until then, the oldest first, with the one that means failure. Of a long output the last ten thousand, or fewer
    /// where they are long.
    /// </summary>
    public Esp32OutputLine[] Lines { get; }
}
