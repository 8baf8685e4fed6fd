using System.Collections.Generic;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>
/// The COM-PORT commands of RFC 2217 section 3, carried out on the chip's port. The line is always 8N1 without flow
/// control; the answers to other requests say so.
/// </summary>
internal sealed class ComPortControl
{
    private const byte Signature = 0;
    private const byte BaudRate = 1;
    private const byte DataSize = 2;
    private const byte Parity = 3;
    private const byte StopSize = 4;
    private const byte Control = 5;
    private const byte LineStateMask = 10;
    private const byte ModemStateMask = 11;
    private const byte Purge = 12;
    private const byte AnswerOffset = 100;

    private const byte NoFlowControl = 1;
    private const byte BreakOff = 6;
    private const byte NoInboundFlowControl = 14;

    private readonly LineRelay _lines = new();

    /// <summary>Carries out a command; the content is the option, the command and its value.</summary>
    /// <returns>The answer, from its command on; empty when there is none.</returns>
    internal byte[] Handle(ISerialTransport chip, List<byte> content, CancellationToken cancellationToken)
    {
        byte command = content[1];
        byte value = content.Count > 2 ? content[2] : (byte)0;
        byte answer = (byte)(command + AnswerOffset);
        switch (command)
        {
            case Signature:
                return [answer, .. Encoding.ASCII.GetBytes("Esp32Tools simulator")];
            case BaudRate when content.Count == 6:
                SetBaudRate(chip, (content[2] << 24) | (content[3] << 16) | (content[4] << 8) | content[5], cancellationToken);
                int rate = chip.BaudRate;
                return [answer, (byte)(rate >> 24), (byte)(rate >> 16), (byte)(rate >> 8), (byte)rate];
            case DataSize:
                return [answer, 8];
            case Parity:
            case StopSize:
                return [answer, 1];
            case Control:
                return [answer, SetControl(chip, value, cancellationToken)];
            case LineStateMask:
            case ModemStateMask:
                return [answer, value];
            case Purge:
                if (value is 1 or 3)
                {
                    chip.DiscardInput(cancellationToken);
                }

                return [answer, value];
            default:
                return [];
        }
    }

    /// <summary>Passes on delayed changes of the lines; must be called regularly.</summary>
    internal void Settle(ISerialTransport chip, CancellationToken cancellationToken) => _lines.Settle(chip, cancellationToken);

    // 0 asks for the rate only. A rate the chip's port cannot do is answered with the one it keeps.
    private static void SetBaudRate(ISerialTransport chip, int baudRate, CancellationToken cancellationToken)
    {
        if (baudRate <= 0)
        {
            return;
        }

        try
        {
            chip.SetBaudRate(baudRate, cancellationToken);
        }
        catch (TransportException refused) when (refused.Code == ErrorCode.PortUnsupported)
        {
            // The answer says it.
        }
    }

    private byte SetControl(ISerialTransport chip, byte value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case 7: // which state has DTR?
                return _lines.DataTerminalReady ? (byte)8 : (byte)9;
            case 8 or 9:
                _lines.SetDataTerminalReady(value == 8, chip, cancellationToken);
                return value;
            case 10: // which state has RTS?
                return _lines.RequestToSend ? (byte)11 : (byte)12;
            case 11 or 12:
                _lines.SetRequestToSend(value == 11, chip, cancellationToken);
                return value;
            case 4 or 5 or 6:
                return BreakOff;
            case >= 13 and <= 16:
                return NoInboundFlowControl;
            default:
                return NoFlowControl;
        }
    }
}
