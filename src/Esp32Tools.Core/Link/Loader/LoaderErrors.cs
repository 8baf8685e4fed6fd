using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader;

/// <summary>The messages for failures of an exchange.</summary>
internal static class LoaderErrors
{
    public static LoaderException NoReply(string portName, LoaderRequest request, TimeSpan timeout, bool garbled)
    {
        string name = CommandNames.Of(request.Command);
        return garbled
            ? new LoaderException(
                ErrorCode.GarbledAnswer,
                $"The answer to {name} on {portName} was damaged on the way.",
                "Try a lower baud rate, a shorter cable or another USB port.")
            { Command = name, IsTransient = true, Target = portName }
            : new LoaderException(
                ErrorCode.ReplyTimeout,
                FormattableString.Invariant($"The chip on {portName} did not answer {name} within {timeout.TotalSeconds:0.#} s."),
                "Check power and cable, then connect again; at high baud rates try a lower one.")
            { Command = name, IsTransient = true, Target = portName };
    }

    public static LoaderException TooLong(string portName, TimeSpan limit) => new(
        ErrorCode.ReplyTimeout,
        FormattableString.Invariant($"The connection to {portName} was not there after {limit.TotalSeconds:0.#} s, though the chip answers."),
        "Look for what holds the answers up: the server, the network or the bridge; then connect again.")
    { Target = portName };

    public static LoaderException Refused(LoaderRequest request, int status)
    {
        string name = CommandNames.Of(request.Command);
        string fields = request.Describe();
        string what = fields.Length == 0 ? name : $"{name} ({fields})";
        return new LoaderException(
            ErrorCode.CommandRefused,
            $"The chip refused {what}: status 0x{status:X2}, {StatusText.Of(status)}.",
            Advice(status))
        { Command = name, Status = status, IsTransient = StatusText.IsTransient(status) };
    }

    public static LoaderException Unsupported(LoaderRequest request)
    {
        string name = CommandNames.Of(request.Command);
        return new LoaderException(
            ErrorCode.CommandUnsupported,
            $"The loader on the chip does not know {name}, or does not allow it now.",
            "A chip in secure download mode allows flash writes only.")
        {
            Command = name,
            Status = 0x05,

            // Loaders differ in this command; any other refused as unknown was most likely damaged on the way.
            IsTransient = request.Command != LoaderCommand.GetSecurityInfo,
        };
    }

    public static LoaderException Unexpected(LoaderRequest request)
    {
        string name = CommandNames.Of(request.Command);
        return new LoaderException(
            ErrorCode.UnexpectedReply,
            $"The chip answered other commands than {name}.",
            "Reset the chip and connect again.")
        { Command = name, IsTransient = true };
    }

    public static LoaderException WrongLength(LoaderRequest request, LoaderReply reply, int dataLength)
    {
        string name = CommandNames.Of(request.Command);
        return new LoaderException(
            ErrorCode.UnexpectedReply,
            $"The answer to {name} has the wrong length: {reply.Length} bytes came for {dataLength} and a status.",
            "Try again at a lower baud rate; if it stays so, look for what changes the chip's bytes on the way.")
        { Command = name, IsTransient = true };
    }

    public static LoaderException AnsweredTwice(string portName, LoaderCommand command)
    {
        string name = CommandNames.Of(command);
        return new LoaderException(
            ErrorCode.UnexpectedReply,
            $"The answer to {name} came twice on {portName}: no answer can be told from the one before.",
            "Look for what repeats the chip's bytes on the way: the server, a second program or a bridge; then connect again.")
        { Command = name, Target = portName };
    }

    private static string Advice(int status) => status switch
    {
        0x06 => "The address or size may lie outside of the flash.",
        0x08 or 0x09 or 0xC400 or 0xC500 => "The flash memory may be write-protected, badly powered or damaged.",
        0x07 or 0xC100 or 0x0B or 0x0C or 0xC700 => "Bytes were damaged on the way: try a lower baud rate.",
        _ => "Reset the chip and try again.",
    };
}
