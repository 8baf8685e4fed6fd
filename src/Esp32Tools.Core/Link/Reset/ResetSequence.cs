using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Link.Reset;

/// <summary>
/// A reset by the modem lines, in the field's usual notation: steps between bars, <c>D0</c>/<c>D1</c> for DTR,
/// <c>R0</c>/<c>R1</c> for RTS, <c>Ux,y</c> for both at once, <c>W0.1</c> to wait in seconds. 1 is asserted: DTR asserted pulls
/// the boot pin low, RTS asserted the reset pin, both asserted neither (the usual circuit of two transistors).
/// </summary>
public sealed class ResetSequence
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<ResetStep> _steps;

    private ResetSequence(string name, IReadOnlyList<ResetStep> steps)
    {
        Name = name;
        _steps = steps;
    }

    /// <summary>Name in messages and traces.</summary>
    public string Name { get; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<ResetStep> Steps => _steps;

    /// <summary>Parses a sequence.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ResetSequenceInvalid"/>, naming the step.</exception>
    public static ResetSequence Parse(string text, string name = "custom")
    {
        string[] items = text.Split('|');
        return new ResetSequence(name, [.. items.Select((item, index) => ParseStep(item.Trim(), index + 1, text))]);
    }

    /// <summary>
    /// Runs the sequence. The lines stay as the last step set them; when it is cancelled or fails they are
    /// released, so that no chip is held in reset.
    /// </summary>
    public void Run(ISerialTransport transport, CancellationToken cancellationToken)
    {
        bool done = false;
        try
        {
            RunSteps(transport, cancellationToken);
            done = true;
        }
        finally
        {
            if (!done)
            {
                Release(transport);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("|", _steps);

    private static void Release(ISerialTransport transport)
    {
        try
        {
            transport.SetModemLines(false, false, CancellationToken.None);
        }
        catch (TransportException)
        {
            // The port is gone or stuck, and the error that made the sequence fail says so already.
        }
    }

    private void RunSteps(ISerialTransport transport, CancellationToken cancellationToken)
    {
        bool dtr = false;
        bool rts = false;
        foreach (ResetStep step in _steps)
        {
            if (step.DataTerminalReady is not null || step.RequestToSend is not null)
            {
                dtr = step.DataTerminalReady ?? dtr;
                rts = step.RequestToSend ?? rts;
                transport.SetModemLines(dtr, rts, cancellationToken);
            }

            if (step.Wait > TimeSpan.Zero)
            {
                transport.Clock.Delay(step.Wait, cancellationToken);
            }
        }
    }

    private static ResetStep ParseStep(string item, int number, string text)
    {
        if (item.Length >= 2)
        {
            string argument = item.Substring(1);
            switch (char.ToUpperInvariant(item[0]))
            {
                case 'D' when TryBit(argument, out bool dtr):
                    return new ResetStep(dtr, null, TimeSpan.Zero);
                case 'R' when TryBit(argument, out bool rts):
                    return new ResetStep(null, rts, TimeSpan.Zero);
                case 'U' when TryBits(argument.Split(','), out bool dtr, out bool rts):
                    return new ResetStep(dtr, rts, TimeSpan.Zero);
                case 'W' when double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                        && seconds >= 0 && seconds <= s_longestWait.TotalSeconds:
                    return new ResetStep(null, null, TimeSpan.FromSeconds(seconds));
            }
        }

        throw new Esp32Exception(
            ErrorCode.ResetSequenceInvalid,
            $"Step {number} of the reset sequence '{text}', '{item}', is not valid.",
            "Steps are D0 D1 R0 R1 Ux,y and W<seconds>, separated by bars: D0|R1|W0.1|D1|R0|W0.05|D0.")
        { Target = text };
    }

    private static bool TryBits(string[] texts, out bool first, out bool second)
    {
        second = false;
        return TryBit(texts[0].Trim(), out first) && texts.Length == 2 && TryBit(texts[1].Trim(), out second);
    }

    private static bool TryBit(string text, out bool value)
    {
        value = text == "1";
        return text is "0" or "1";
    }
}
