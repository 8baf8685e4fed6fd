using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the subtypes of the types that the command line names, or else of all.</summary>
public sealed class PartitionSubTypeCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound)
    {
        PartitionNames names = PartitionNames.Default;
        byte[] types = [.. Arguments.Items(bound["Type"]).Select(type => names.TypeNumber($"{type}")).OfType<byte>()];
        return names.SubTypes
            .Where(subType => types.Length == 0 || types.Contains(subType.TypeNumber))
            .GroupBy(subType => subType.Name, StringComparer.Ordinal)
            .Select(same => new CompletionWord(same.Key, string.Join(", ", same.Select(subType => $"{names.TypeName(subType.TypeNumber)} 0x{subType.Number:X2}"))));
    }
}
