using System;
using System.Collections.Generic;
using System.Globalization;

namespace Esp32Tools.Chips.Tables;

/// <summary>The options column of an eFuse table; <see cref="EfuseTableParser"/> describes the words.</summary>
internal sealed class EfuseTableOptions
{
    private const string BlockVersionCondition = "if:block-version>=";

    private static readonly Dictionary<string, EfuseDisplay> s_displays = new(StringComparer.Ordinal)
    {
        ["mac"] = EfuseDisplay.FactoryMac,
        ["custom-mac"] = EfuseDisplay.CustomMac,
        ["pad"] = EfuseDisplay.Pad,
        ["vref"] = EfuseDisplay.ReferenceVoltage,
        ["temperature"] = EfuseDisplay.Temperature,
        ["signed4"] = EfuseDisplay.SignedTimesFour,
        ["major-revision"] = EfuseDisplay.MajorRevision,
    };

    private readonly Func<string, Exception> _wrong;

    /// <param name="text">The column.</param>
    /// <param name="wrong">Makes the error for a broken rule.</param>
    public EfuseTableOptions(string text, Func<string, Exception> wrong)
    {
        _wrong = wrong;
        foreach (string word in text == "-" ? [] : text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            Read(word);
        }
    }

    public EfuseDisplay Display { get; private set; }

    public int AdcOffset { get; private set; }

    public string? CrcField { get; private set; }

    public string? HighField { get; private set; }

    public string? NotWith { get; private set; }

    public string? Unit { get; private set; }

    public string? RequiredField { get; private set; }

    public int? MinBlockVersion { get; private set; }

    public int MinRevision { get; private set; }

    public int MaxRevision { get; private set; } = int.MaxValue;

    public IReadOnlyList<string> Aliases { get; private set; } = [];

    public bool IsCounter { get; private set; }

    public bool IsCalculated { get; private set; }

    public bool IsFixed { get; private set; }

    public EfuseBurnPhase Phase { get; private set; }

    public EfuseRole? Role { get; private set; }

    public int? PurposeOfBlock { get; private set; }

    private void Read(string word)
    {
        if (s_displays.TryGetValue(word, out EfuseDisplay display))
        {
            Display = display;
            return;
        }

        if (word.StartsWith(BlockVersionCondition, StringComparison.Ordinal))
        {
            MinBlockVersion = Number(word.Substring(BlockVersionCondition.Length), "a block version is major * 100 + minor");
            return;
        }

        int colon = word.IndexOf(':');
        if (colon < 0)
        {
            ReadFlag(word);
        }
        else
        {
            ReadArgument(word, word.Substring(0, colon), word.Substring(colon + 1));
        }
    }

    private void ReadFlag(string word)
    {
        switch (word)
        {
            case "counter":
                IsCounter = true;
                break;
            case "calculated":
                IsCalculated = true;
                break;
            case "fixed":
                IsFixed = true;
                break;
            case "late":
                Phase = EfuseBurnPhase.Late;
                break;
            case "closing":
                Phase = EfuseBurnPhase.Closing;
                break;
            case "last":
                Phase = EfuseBurnPhase.Last;
                break;
            default:
                throw _wrong($"'{word}' is no option");
        }
    }

    private void ReadArgument(string word, string name, string argument)
    {
        switch (name)
        {
            case "adc":
                Display = EfuseDisplay.AdcPoint;
                AdcOffset = Number(argument, "adc: is followed by an offset");
                break;
            case "purpose":
                Display = EfuseDisplay.KeyPurpose;
                PurposeOfBlock = Number(argument, "purpose: is followed by the number of a block");
                break;
            case "role":
                Role = EfuseRoles.TryParse(argument, out EfuseRole role) ? role : throw _wrong($"'{argument}' is no role");
                break;
            case "if":
                RequiredField = argument;
                break;
            case "crc":
                CrcField = argument;
                break;
            case "high":
                HighField = argument;
                break;
            case "not-with":
                NotWith = argument;
                break;
            case "unit":
                Unit = argument;
                break;
            case "aka":
                Aliases = argument.Split(',');
                break;
            case "rev":
                ReadRevisions(argument);
                break;
            default:
                throw _wrong($"'{word}' is no option");
        }
    }

    private void ReadRevisions(string argument)
    {
        const string Rule = "revisions are written rev:FIRST-LAST, each major * 100 + minor";
        string[] ends = argument.Split('-');
        if (ends.Length != 2)
        {
            throw _wrong(Rule);
        }

        MinRevision = ends[0].Length == 0 ? 0 : Number(ends[0], Rule);
        MaxRevision = ends[1].Length == 0 ? int.MaxValue : Number(ends[1], Rule);
    }

    private int Number(string text, string rule) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw _wrong($"'{text}' is no number; {rule}");
}
