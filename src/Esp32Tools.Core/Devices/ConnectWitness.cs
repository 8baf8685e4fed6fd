using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>Records the output of a chip that does not answer, and derives the cause from it.</summary>
internal sealed class ConnectWitness
{
    private const int TextKept = 8192;

    // A device that sends without pause must not block the connection.
    private const int MostFrames = 200;

    // First bytes of the ROM's boot log, as in "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(...))".
    private static readonly Regex s_bootLine = new(@"boot:(0x[0-9a-fA-F]+)", RegexOptions.CultureInvariant);

    // The contents of a sync: they come back where the port's own TX is wired to its RX, or a modem echoes.
    private const string SyncPattern = "\u0007\u0007\u0012\u0020UUUUUUUU";

    private readonly StringBuilder _text = new();
    private long _replies;

    /// <summary>True when late answers were found.</summary>
    public bool HeardLate { get; private set; }

    /// <summary>Reads the waiting input before it is discarded.</summary>
    public void Look(CommandChannel channel, CancellationToken cancellationToken)
    {
        for (int i = 0; i < MostFrames && channel.TakeWaiting(cancellationToken) is byte[] frame; i++)
        {
            if (LoaderReply.TryParse(frame) is not null)
            {
                HeardLate = true;
            }
            else if (_text.Length < TextKept)
            {
                _text.Append(Encoding.GetEncoding(28591).GetString(frame));
            }
        }

        Take(channel);
    }

    /// <summary>Takes over the bytes that arrived outside of frames.</summary>
    public void Take(CommandChannel channel)
    {
        _replies = channel.ReplyCount;
        if (_text.Length < TextKept)
        {
            _text.Append(channel.NoiseText);
        }
    }

    /// <summary>The error to report.</summary>
    public LoaderException Explain(ISerialTransport transport)
    {
        string port = transport.PortName;
        string text = _text.ToString();
        if (_replies > 0 || HeardLate)
        {
            return new LoaderException(
                ErrorCode.GarbledAnswer,
                $"Something on {port} answers, but never to a sync.",
                "Another program may be talking to the chip; unplug the board, plug it in and try again.")
            { Target = port };
        }

        Match boot = s_bootLine.Match(text);
        if (boot.Success)
        {
            return text.Contains("waiting for download")
                ? new LoaderException(
                    ErrorCode.NoAnswer,
                    $"The chip on {port} waits for a download but does not receive the host (boot mode {boot.Groups[1].Value}).",
                    "Check the line from the host's TX to the chip's RX.")
                { Target = port }
                : new LoaderException(
                    ErrorCode.WrongBootMode,
                    $"The chip on {port} starts its application and not the loader (boot mode {boot.Groups[1].Value}).",
                    "Hold the boot button (GPIO0, on newer chips GPIO9) while it resets, or check that DTR and RTS reach the boot and reset pins.")
                { Target = port };
        }

        if (text.Length == 0)
        {
            return new LoaderException(
                ErrorCode.NoAnswer,
                $"Nothing answers on {port}.",
                "Check power, cable and port; hold the boot button while connecting if the board has no automatic reset.")
            { Target = port };
        }

        if (text.Contains(SyncPattern))
        {
            return new LoaderException(
                ErrorCode.NotAnEspressifChip,
                $"{port} gives back everything sent to it: there is an echo and no chip.",
                "Check for a bridge between TX and RX, and that this is the right port.")
            { Target = port };
        }

        double printable = text.Count(c => c is >= ' ' and <= '~' or '\r' or '\n' or '\t') / (double)text.Length;
        return printable > 0.9
            ? new LoaderException(
                ErrorCode.NotAnEspressifChip,
                $"The answers on {port} do not come from an Espressif loader: \"{Excerpt(text)}\".",
                "Check that this is the right port, and that no application with a console is running on it.")
            { Target = port }
            : new LoaderException(
                ErrorCode.GarbledAnswer,
                $"Bytes arrive on {port}, but they make no sense: {text.Length} of them.",
                "The two ends use different baud rates, or the line is noisy: reset the chip, try a lower rate or a shorter cable.")
            { Target = port };
    }

    private static string Excerpt(string text)
    {
        string line = Regex.Replace(text, @"\s+", " ").Trim();
        return line.Length <= 60 ? line : line.Substring(0, 60) + "...";
    }
}
