using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Fields;

/// <summary>The eFuse fields of one chip at one silicon revision.</summary>
public sealed class EfuseTable
{
    private static readonly object s_gate = new();
    private static readonly Dictionary<string, IReadOnlyList<EfuseField>> s_parsed = new(StringComparer.Ordinal);

    private readonly Dictionary<string, EfuseField> _byName = new(StringComparer.OrdinalIgnoreCase);

    internal EfuseTable(IEnumerable<EfuseField> fields, int revision)
    {
        Fields = [.. fields.Where(field => revision >= field.MinRevision && revision <= field.MaxRevision)];
        foreach (EfuseField field in Fields)
        {
            _byName[field.Name] = field;
        }

        // A name comes before another field's alias.
        foreach (EfuseField field in Fields)
        {
            foreach (string alias in field.Aliases.Where(alias => !_byName.ContainsKey(alias)))
            {
                _byName[alias] = field;
            }
        }
    }

    /// <summary>The fields, block by block in bit order.</summary>
    public IReadOnlyList<EfuseField> Fields { get; }

    /// <summary>The table of a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    public static EfuseTable For(ChipDefinition chip, int revision)
    {
        if (chip is null)
        {
            throw new ArgumentNullException(nameof(chip));
        }

        lock (s_gate)
        {
            string name = chip.Efuse.GetTable(revision);
            if (!s_parsed.TryGetValue(name, out IReadOnlyList<EfuseField> fields))
            {
                fields = Load(chip, name);
                s_parsed[name] = fields;
            }

            return new EfuseTable(fields, revision);
        }
    }

    /// <summary>This table with more fields behind its own.</summary>
    internal EfuseTable With(IEnumerable<EfuseField> fields, int revision) => new([.. Fields, .. fields], revision);

    /// <summary>Finds a field by name or alias, whatever the case; null when there is none.</summary>
    public EfuseField? Find(string name) => _byName.TryGetValue(name, out EfuseField field) ? field : null;

    /// <summary>Finds a field by name or alias, whatever the case.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseNotFound"/></exception>
    public EfuseField Get(string name) => Find(name) ?? throw new EfuseException(
        ErrorCode.EfuseNotFound,
        $"There is no eFuse field '{name}' on this chip.",
        "List the fields of the chip to see their names.")
    { Target = name };

    /// <summary>Where the bits of a field are, lowest first, with those of its <see cref="EfuseField.HighField"/>, which lies in the same block.</summary>
    public IReadOnlyList<EfuseBitRange> GetWholeRanges(EfuseField field) =>
        field.HighField is { } high ? [.. field.Ranges, .. Get(high).Ranges] : field.Ranges;

    private static IReadOnlyList<EfuseField> Load(ChipDefinition chip, string name)
    {
        string file = name + ".efuse";
        string resource = $"{typeof(ChipDefinition).Namespace}.Tables.{file}";
        using Stream stream = typeof(EfuseTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new EfuseException(ErrorCode.ChipUnsupported, $"There is no eFuse table for the {chip.Name} here.") { Target = chip.Name };
        using StreamReader reader = new(stream);
        return EfuseTableParser.Parse(reader, file, chip.Efuse.Blocks);
    }
}
