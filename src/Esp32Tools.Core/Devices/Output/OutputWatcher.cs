using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices.Output;

/// <summary>Watches the output of a chip, until an awaited line, a line that means failure, or the end of the time.</summary>
public sealed class OutputWatcher
{
    // Silence after which an unfinished line (a prompt) is matched too.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly ISerialTransport _transport;
    private readonly OutputOptions _options;
    private readonly TimeSpan _start;
    private readonly OutputHistory _history = new();
    private byte[] _unread;

    private OutputWatcher(ISerialTransport transport, OutputOptions options, byte[] unread)
    {
        _transport = transport;
        _options = options;
        _unread = unread;
        _start = transport.Clock.Now;
    }

    private TimeSpan Elapsed => _transport.Clock.Now - _start;

    /// <summary>Opens a port and returns its lines as they arrive; the port is closed when the enumeration ends.</summary>
    /// <param name="portName">The port; no session may hold it.</param>
    /// <param name="options">Options of the watch.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="OutputException">
    /// <see cref="ErrorCode.OutputFailed"/>: a failure pattern matched; its line was returned before.
    /// <see cref="ErrorCode.OutputTimeout"/>: the time passed without the awaited line.
    /// </exception>
    /// <exception cref="InputException"><see cref="ErrorCode.PatternTimeout"/>: a pattern takes too long on a line.</exception>
    /// <exception cref="TransportException">The port cannot be opened, has no modem lines for a reset, or was lost.</exception>
    public static IEnumerable<Esp32OutputLine> Watch(string portName, OutputOptions options, CancellationToken cancellationToken)
    {
        using ISerialTransport transport = TransportCatalog.Open(portName, cancellationToken);
        Prepare(transport, options, cancellationToken);
        foreach (Esp32OutputLine line in new OutputWatcher(transport, options, []).Lines(cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>Returns the lines from a port that is already open, and leaves it open.</summary>
    /// <param name="transport">The port.</param>
    /// <param name="unread">Bytes of the output that were already read from the port.</param>
    /// <param name="options">Options of the watch; rate and reset are left to the caller.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    internal static IEnumerable<Esp32OutputLine> Watch(
        ISerialTransport transport, byte[] unread, OutputOptions options, CancellationToken cancellationToken) =>
        new OutputWatcher(transport, options, unread).Lines(cancellationToken);

    /// <summary>Takes a port to the baud rate of the output, and restarts the chip where that is asked for.</summary>
    internal static void Prepare(ISerialTransport transport, OutputOptions options, CancellationToken cancellationToken)
    {
        if (FixedBaudRate.Note(transport, options.BaudRate) is string note)
        {
            options.Warn?.Invoke(note);
        }
        else if (transport.BaudRate != options.BaudRate && transport.Traits.HasBaudRate)
        {
            transport.SetBaudRate(options.BaudRate, cancellationToken);
        }

        if (options.Reset)
        {
            transport.DiscardInput(cancellationToken);
            DeviceRestart.IntoApplication(transport, cancellationToken);
        }
    }

    private IEnumerable<Esp32OutputLine> Lines(CancellationToken cancellationToken)
    {
        var splitter = new LineSplitter();
        var buffer = new byte[Math.Max(4096, _unread.Length)];
        while (Wait() is TimeSpan wait)
        {
            int count = Read(buffer, wait, cancellationToken);
            IReadOnlyList<string> texts = splitter.Add(buffer, count);
            if (count == 0 && IsNoticed(splitter.Pending))
            {
                texts = [splitter.TakePending()];
            }

            foreach (string text in texts)
            {
                bool isMatch = Matches(_options.Until, text);
                yield return Line(text, isMatch);
                ThrowIfFailed(text);
                if (isMatch)
                {
                    yield break;
                }
            }
        }

        if (splitter.Pending.Length > 0)
        {
            yield return Line(splitter.TakePending(), isMatch: false);
        }

        if (_options.Until.Count > 0)
        {
            throw TimedOut();
        }
    }

    private int Read(byte[] buffer, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_unread.Length == 0)
        {
            return _transport.Read(buffer, 0, buffer.Length, wait, cancellationToken);
        }

        int count = _unread.Length;
        _unread.CopyTo(buffer, 0);
        _unread = [];
        return count;
    }

    // Time limit of the next read; null when the time is over.
    private TimeSpan? Wait()
    {
        if (_options.Timeout is not TimeSpan timeout)
        {
            return s_pause;
        }

        TimeSpan left = timeout - Elapsed;
        return left <= TimeSpan.Zero ? null : left < s_pause ? left : s_pause;
    }

    private Esp32OutputLine Line(string text, bool isMatch)
    {
        var line = new Esp32OutputLine
        {
            PortName = _transport.PortName,
            Timestamp = DateTime.Now,
            ElapsedSeconds = Elapsed.TotalSeconds,
            Text = text,
            IsMatch = isMatch,
        };
        if (_options.Until.Count > 0 || _options.FailOn.Count > 0)
        {
            _history.Add(line);
        }

        return line;
    }

    private bool IsNoticed(string text) => text.Length > 0 && (Matches(_options.Until, text) || Matches(_options.FailOn, text));

    private void ThrowIfFailed(string text)
    {
        if (Matches(_options.FailOn, text))
        {
            throw new OutputException(
                ErrorCode.OutputFailed, $"The chip on {_transport.PortName} reports a failure: {text}", "Look at the lines before it.", _history.Lines)
            { Target = _transport.PortName };
        }
    }

    private OutputException TimedOut() => new(
        ErrorCode.OutputTimeout,
        FormattableString.Invariant(
            $"The chip on {_transport.PortName} did not print the awaited line ({string.Join(" or ", _options.Until)}) within {_options.Timeout!.Value.TotalSeconds:0.###} s."),
        "Check the pattern, the baud rate of the output, and whether the application runs at all.",
        _history.Lines)
    { Target = _transport.PortName };

    private static bool Matches(IReadOnlyList<Regex> patterns, string text) => patterns.Any(pattern => UserPattern.IsMatch(pattern, text));
}
