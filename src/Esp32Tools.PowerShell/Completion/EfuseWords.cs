using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Words from the eFuse tables.</summary>
internal static class EfuseWords
{
    private static readonly int[] s_oldestAndNewest = [0, int.MaxValue];

    /// <summary>Names of fields: of the table on the command line, and then of the chip.</summary>
    public static IEnumerable<CompletionWord> Names(IDictionary bound) => OwnFields(bound).Concat(BoundChip.From(bound)
        .SelectMany(chip => s_oldestAndNewest.SelectMany(revision => chip.Efuse.GetTable(revision).Fields))
        .GroupBy(field => field.Name)
        .Select(fields => new CompletionWord(fields.Key, fields.First().Description))
        .OrderBy(word => word.Text, StringComparer.Ordinal));

    /// <summary>Purposes of keys, with the chips that have them.</summary>
    public static IEnumerable<CompletionWord> KeyPurposes(IDictionary bound) => BoundChip.From(bound)
        .SelectMany(chip => chip.KeyPurposes.Select(purpose => purpose.Name)
            .Concat(chip.SplitKeyPurposes.Select(purpose => purpose.Name))
            .Select(name => (Name: name, Chip: chip.Name)))
        .GroupBy(purpose => purpose.Name)
        .Select(chips => new CompletionWord(chips.Key, string.Join(", ", chips.Select(purpose => purpose.Chip))));

    // During completion, a missing or broken table just offers no names.
    private static IReadOnlyList<CompletionWord> OwnFields(IDictionary bound)
    {
        if (Arguments.BaseOf(bound["FieldTable"]) is not string table)
        {
            return [];
        }

        try
        {
            return [.. FieldTableFile.Read(new ProviderPaths(new SessionState()).Resolve(table), default).Names.Select(field => new CompletionWord(field.Key, field.Value))];
        }
        catch (Esp32Exception)
        {
            return [];
        }
    }
}
