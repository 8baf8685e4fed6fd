using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Faults;

/// <summary>Reads and writes the text form of a <see cref="FaultPlan"/>.</summary>
internal sealed class FaultParser
{
    private const string AnyCommand = "any";
    private const string Replug = "replug";

    private static readonly (string Name, FaultKind Kind)[] s_kinds =
    [
        ("drop", FaultKind.Drop),
        ("corrupt", FaultKind.Corrupt),
        ("delay", FaultKind.Delay),
        ("unplug", FaultKind.Unplug),
        ("brownout", FaultKind.BrownOut),
        ("refuse", FaultKind.Refuse),
        ("lose", FaultKind.LoseReply),
        ("wrong", FaultKind.WrongDigest),
        ("spoil", FaultKind.BadProgram),
    ];

    private static readonly (string Name, FaultPlace Place)[] s_places =
    [
        ("tochip", FaultPlace.HostToChip),
        ("tohost", FaultPlace.ChipToHost),
        ("write", FaultPlace.FlashWrite),
        ("erase", FaultPlace.FlashErase),
        ("digest", FaultPlace.Digest),
        ("burn", FaultPlace.EfuseBurn),
    ];

    // Longest unit first: "ms" ends in "s".
    private static readonly (string Name, double Seconds)[] s_units = [("us", 1e-6), ("ms", 1e-3), ("s", 1)];

    private readonly string _text;
    private int _at;

    private FaultParser(string text) => _text = text;

    public static List<Fault> Parse(string text)
    {
        var parser = new FaultParser(text);
        List<Fault> faults = [];
        parser.SkipBlanks();
        while (parser._at < text.Length)
        {
            faults.Add(parser.ReadFault());
            parser.SkipBlanks();
            if (parser._at < text.Length && !parser.Accept(';'))
            {
                throw parser.Wrong(parser._at, "a semicolon must separate two faults");
            }

            parser.SkipBlanks();
        }

        return faults;
    }

    public static string Format(Fault fault)
    {
        string place = fault.Place == FaultPlace.Command
            ? fault.Command is byte command ? FaultCommands.NameOf(command) : AnyCommand
            : s_places.First(known => known.Place == fault.Place).Name;
        string value = fault.Kind switch
        {
            FaultKind.Delay => FormattableString.Invariant($"={fault.Delay.TotalMilliseconds}ms"),
            FaultKind.Refuse => FormattableString.Invariant($"=0x{fault.Status:X2}"),
            FaultKind.Unplug when fault.Replug => "=" + Replug,
            _ => string.Empty,
        };
        string times = fault.Times switch { 1 => string.Empty, int.MaxValue => "*", _ => FormattableString.Invariant($"*{fault.Times}") };
        string kind = s_kinds.First(known => known.Kind == fault.Kind).Name;
        return FormattableString.Invariant($"{kind}@{place}:{fault.At}{value}{times}");
    }

    private Fault ReadFault()
    {
        int start = _at;
        string kindName = ReadWord();
        FaultKind kind = Pick(s_kinds, kindName, start, "fault");
        if (!Accept('@'))
        {
            throw Wrong(_at, $"'@' and a place must follow '{kindName}'");
        }

        int placeStart = _at;
        string placeName = ReadWord();
        (FaultPlace place, byte? command) = ReadPlace(kind, placeName, placeStart);
        bool isCounted = Accept(':');
        if (!isCounted && place is FaultPlace.HostToChip or FaultPlace.ChipToHost)
        {
            throw Wrong(_at, $"':' and the number of a byte must follow '{placeName}'");
        }

        long count = isCounted ? ReadNumber() : 1;
        var fault = new Fault { Kind = kind, Place = place, At = count, Command = command };
        fault = ReadValue(fault);
        if (Accept('*'))
        {
            fault = fault with { Times = _at < _text.Length && char.IsDigit(_text[_at]) ? (int)Math.Min(ReadNumber(), int.MaxValue) : int.MaxValue };
        }

        return fault;
    }

    private (FaultPlace Place, byte? Command) ReadPlace(FaultKind kind, string name, int start)
    {
        FaultPlace[] fitting = kind switch
        {
            FaultKind.Refuse or FaultKind.LoseReply => [FaultPlace.Command],
            FaultKind.WrongDigest => [FaultPlace.Digest],
            FaultKind.BadProgram => [FaultPlace.FlashWrite, FaultPlace.EfuseBurn],
            FaultKind.BrownOut => [FaultPlace.HostToChip, FaultPlace.FlashWrite, FaultPlace.FlashErase, FaultPlace.EfuseBurn],
            _ => [FaultPlace.HostToChip, FaultPlace.ChipToHost],
        };
        if (fitting[0] == FaultPlace.Command)
        {
            bool any = string.Equals(name, AnyCommand, StringComparison.OrdinalIgnoreCase);
            byte? command = FaultCommands.Find(name);
            return any || command is not null
                ? (FaultPlace.Command, command)
                : throw Wrong(start, $"there is no command '{name}'; there are any, {string.Join(", ", FaultCommands.Names)}, and 0x..");
        }

        FaultPlace place = Pick(s_places, name, start, "place");
        return fitting.Contains(place)
            ? (place, null)
            : throw Wrong(start, $"this fault happens at {string.Join(" or ", s_places.Where(known => fitting.Contains(known.Place)).Select(known => known.Name))}");
    }

    private Fault ReadValue(Fault fault)
    {
        int start = _at;
        if (!Accept('='))
        {
            return fault.Kind is FaultKind.Delay or FaultKind.Refuse
                ? throw Wrong(start, fault.Kind == FaultKind.Delay ? "'=' and a time must follow" : "'=' and a status must follow")
                : fault;
        }

        int valueStart = _at;
        string value = ReadWord();
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                return fault with { Delay = ReadTime(value, valueStart) };
            case FaultKind.Refuse when byte.TryParse(
                value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? value.Substring(2) : value,
                value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture,
                out byte status):
                return fault with { Status = status };
            case FaultKind.Refuse:
                throw Wrong(valueStart, $"'{value}' is not a status; a status is one byte, such as 0x06");
            case FaultKind.Unplug when string.Equals(value, Replug, StringComparison.OrdinalIgnoreCase):
                return fault with { Replug = true };
            case FaultKind.Unplug:
                throw Wrong(valueStart, "only 'replug' is allowed here");
            default:
                throw Wrong(start, "this fault takes no value");
        }
    }

    private TimeSpan ReadTime(string value, int start)
    {
        foreach ((string unit, double seconds) in s_units)
        {
            if (value.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(value.Substring(0, value.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * seconds < TimeSpan.MaxValue.TotalSeconds)
            {
                return TimeSpan.FromTicks((long)Math.Round(number * seconds * TimeSpan.TicksPerSecond));
            }
        }

        throw Wrong(start, $"'{value}' is not a time; a time is a number with us, ms or s");
    }

    private T Pick<T>((string Name, T Value)[] known, string name, int start, string what)
    {
        foreach ((string candidate, T value) in known)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw Wrong(start, $"there is no {what} '{name}'; there are {string.Join(", ", known.Select(candidate => candidate.Name))}");
    }

    private long ReadNumber()
    {
        int start = _at;
        string digits = ReadWord();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : throw Wrong(start, "a count from 1 must be here");
    }

    private string ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
        {
            _at++;
        }

        return _text.Substring(start, _at - start);
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private bool Accept(char letter)
    {
        if (_at < _text.Length && _text[_at] == letter)
        {
            _at++;
            return true;
        }

        return false;
    }

    private Esp32Exception Wrong(int position, string why) => new(
        ErrorCode.FaultPlanInvalid,
        FormattableString.Invariant($"The fault plan '{_text}' is not well formed at position {position + 1}: {why}."),
        "A plan looks like 'drop@tochip:1200; refuse@FLASH_DATA:3=0x06'.")
    { Target = _text };
}
