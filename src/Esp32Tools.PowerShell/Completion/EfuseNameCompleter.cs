using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Commands.Efuse;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the fields of the table that the command line names, and those of the chip, where it is known, or else of all chips.</summary>
public sealed class EfuseNameCompleter : WordCompleter
{
    private static readonly int[] s_oldestAndNewest = [0, int.MaxValue];

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => OwnFields(bound).Concat(BoundChip.From(bound)
        .SelectMany(chip => s_oldestAndNewest.SelectMany(revision => EfuseTable.For(chip, revision).Fields))
        .GroupBy(field => field.Name)
        .Select(fields => new CompletionWord(fields.Key, fields.First().Description))
        .OrderBy(word => word.Text, StringComparer.Ordinal));

    // While somebody types, a table that is missing or broken only has no names to offer.
    private static IReadOnlyList<CompletionWord> OwnFields(IDictionary bound)
    {
        if (Arguments.BaseOf(bound["FieldTable"]) is not string table)
        {
            return [];
        }

        try
        {
            return [.. FieldTableFile.Read(new ProviderPaths(new SessionState()).Resolve(table)).Names.Select(field => new CompletionWord(field.Key, field.Value))];
        }
        catch (Esp32Exception)
        {
            return [];
        }
    }
}
