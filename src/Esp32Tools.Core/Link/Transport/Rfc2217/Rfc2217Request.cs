using System;
using System.Linq;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>A COM-PORT command that the server confirms with the same command + 100 and a value.</summary>
internal sealed class Rfc2217Request
{
    private readonly bool _anyAnswer;

    private Rfc2217Request(string purpose, byte command, byte[] value, bool anyAnswer = false)
    {
        Purpose = purpose;
        Command = command;
        Value = value;
        _anyAnswer = anyAnswer;
    }

    /// <summary>The setting that it requests, as in "did not confirm ...".</summary>
    internal string Purpose { get; }

    internal byte Command { get; }

    internal byte[] Value { get; }

    /// <summary>The value the server confirmed; null before.</summary>
    internal byte[]? Answer { get; private set; }

    internal static Rfc2217Request BaudRate(int baudRate) => new(
        "the baud rate", ComPort.SetBaudRate, [(byte)(baudRate >> 24), (byte)(baudRate >> 16), (byte)(baudRate >> 8), (byte)baudRate], anyAnswer: true);

    internal static Rfc2217Request DataSize() => new("eight data bits", ComPort.SetDataSize, [ComPort.EightBits]);

    internal static Rfc2217Request Parity() => new("no parity", ComPort.SetParity, [ComPort.NoParity]);

    internal static Rfc2217Request StopSize() => new("one stop bit", ComPort.SetStopSize, [ComPort.OneStopBit]);

    internal static Rfc2217Request NoFlowControl() => new("no flow control", ComPort.SetControl, [ComPort.NoFlowControl]);

    internal static Rfc2217Request DataTerminalReady(bool asserted) => new(
        "setting DTR", ComPort.SetControl, [asserted ? ComPort.DataTerminalReadyOn : ComPort.DataTerminalReadyOff]);

    internal static Rfc2217Request RequestToSend(bool asserted) => new(
        "setting RTS", ComPort.SetControl, [asserted ? ComPort.RequestToSendOn : ComPort.RequestToSendOff]);

    internal static Rfc2217Request Purge(byte what) => new("clearing its buffers", ComPort.PurgeData, [what]);

    /// <summary>Takes an answer if it is the one this request waits for.</summary>
    internal bool TryTake(byte command, byte[] value)
    {
        if (Answer is not null || command != Command + ComPort.AnswerOffset || !(_anyAnswer || value.SequenceEqual(Value)))
        {
            return false;
        }

        Answer = value;
        return true;
    }

    /// <summary>The rate in an answer to <see cref="BaudRate"/>.</summary>
    internal int AnsweredNumber() =>
        Answer is { Length: 4 } value ? (value[0] << 24) | (value[1] << 16) | (value[2] << 8) | value[3] : 0;
}
