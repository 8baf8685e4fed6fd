using System;
using System.Globalization;
using Esp32Tools.Link.Transport.Network;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>
/// The options of an <c>rfc2217://</c> name, those that pyserial knows. <c>logging</c> and <c>poll_modem</c> are accepted and
/// have no effect: the trace is a separate feature, and the input lines are not used.
/// </summary>
internal sealed record Rfc2217Options
{
    internal static string[] Names { get; } = ["ign_set_control", "timeout", "poll_modem", "logging"];

    /// <summary>Time limit for a confirmation by the server.</summary>
    internal TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>True to send changes of the lines without waiting for their confirmation; some servers never send one.</summary>
    internal bool IgnoresLineAnswers { get; init; }

    /// <exception cref="Errors.TransportException"><see cref="Errors.ErrorCode.PortNameInvalid"/>.</exception>
    internal static Rfc2217Options Of(NetworkPortName name)
    {
        var options = new Rfc2217Options { IgnoresLineAnswers = name.Options.ContainsKey("ign_set_control") };
        if (!name.Options.TryGetValue("timeout", out string? text))
        {
            return options;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is > 0 and <= 60
            ? options with { AnswerTimeout = TimeSpan.FromSeconds(seconds) }
            : throw TransportErrors.NameInvalid(
                name.Text, $"'{text}' is not a time-out", "The time-out is a number of seconds, such as timeout=3, and at most 60.");
    }
}
