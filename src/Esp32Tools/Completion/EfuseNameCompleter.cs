using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the eFuse fields of the chip, where it is known, or else of all chips.</summary>
public sealed class EfuseNameCompleter : WordCompleter
{
    private static readonly int[] OldestAndNewest = [0, int.MaxValue];

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => BoundChip.From(bound)
        .SelectMany(chip => OldestAndNewest.SelectMany(revision => EfuseTable.For(chip, revision).Fields))
        .GroupBy(field => field.Name)
        .Select(fields => new CompletionWord(fields.Key, fields.First().Description))
        .OrderBy(word => word.Text, StringComparer.Ordinal);
}
