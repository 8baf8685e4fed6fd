using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Selects partitions: names, types and subtypes, by wildcards; types and subtypes by numbers, too. A name that no partition
/// has is an error; a type that none has is not.
/// </summary>
internal sealed class PartitionFilter(IEnumerable<string> names, IEnumerable<string> types, IEnumerable<string> subTypes)
{
    private readonly WantedNames _names = new(names);
    private readonly string[] _types = types.ToArray();
    private readonly string[] _subTypes = subTypes.ToArray();

    /// <summary>True for a selected partition.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: there is no such type or subtype.</exception>
    public bool Matches(Esp32Partition partition) => _names.Match(partition.Name)
        && (_types.Length == 0 || _types.Any(type => IsType(type, partition)))
        && (_subTypes.Length == 0 || _subTypes.Any(subType => IsSubType(subType, partition)));

    /// <summary>An error for each name that no partition has, once all have been looked at.</summary>
    /// <param name="source">The source of the table, for messages; null for none.</param>
    public IEnumerable<Esp32Exception> FindMissing(string? source) => _names.Missing.Select(name => new InputException(
        ErrorCode.PartitionNotFound,
        $"{(source is null ? "The partition table" : $"The partition table of '{source}'")} has no partition '{name}'.",
        "List all partitions to see their names.")
    { Target = name });

    private static bool IsType(string type, Esp32Partition partition) => WildcardPattern.ContainsWildcardCharacters(type)
        ? Wildcards.MatchAny([type], partition.Type)
        : PartitionNames.Default.ParseType(type) == partition.TypeNumber;

    private static bool IsSubType(string subType, Esp32Partition partition) => WildcardPattern.ContainsWildcardCharacters(subType)
        ? Wildcards.MatchAny([subType], partition.SubType)
        : PartitionNames.Default.ParseSubType(partition.TypeNumber, subType) == partition.SubTypeNumber;
}
