namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>The COM-PORT commands and values of RFC 2217 section 3; a server answers with the command + 100.</summary>
internal static class ComPort
{
    internal const byte SetBaudRate = 1;
    internal const byte SetDataSize = 2;
    internal const byte SetParity = 3;
    internal const byte SetStopSize = 4;
    internal const byte SetControl = 5;
    internal const byte PurgeData = 12;

    internal const byte AnswerOffset = 100;
    internal const byte SuspendSending = 108; // FLOWCONTROL-SUSPEND of the server
    internal const byte ResumeSending = 109; // FLOWCONTROL-RESUME of the server

    internal const byte EightBits = 8;
    internal const byte NoParity = 1;
    internal const byte OneStopBit = 1;

    internal const byte NoFlowControl = 1;
    internal const byte DataTerminalReadyOn = 8;
    internal const byte DataTerminalReadyOff = 9;
    internal const byte RequestToSendOn = 11;
    internal const byte RequestToSendOff = 12;

    internal const byte PurgeInput = 1;
    internal const byte PurgeBoth = 3;
}
