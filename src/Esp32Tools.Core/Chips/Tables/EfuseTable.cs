using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips.Tables;

/// <summary>The eFuse fields of one chip at one silicon revision.</summary>
public sealed class EfuseTable
{
    private readonly Dictionary<string, EfuseField> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<EfuseRole, EfuseField> _byRole = [];

    internal EfuseTable(IEnumerable<EfuseField> fields, int revision)
    {
        Fields = [.. fields.Where(field => revision >= field.MinRevision && revision <= field.MaxRevision)];
        foreach (EfuseField field in Fields)
        {
            _byName[field.Name] = field;
            if (field.Role is { } role)
            {
                _byRole.Add(role, field);
            }
        }

        // A name takes precedence over another field's alias.
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

    /// <summary>This table with more fields appended.</summary>
    internal EfuseTable With(IEnumerable<EfuseField> fields, int revision) => new([.. Fields, .. fields], revision);

    /// <summary>Finds a field by name or alias, in any case; null when there is none.</summary>
    public EfuseField? Find(string name) => _byName.TryGetValue(name, out EfuseField field) ? field : null;

    /// <summary>Finds a field by name or alias, in any case.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseNotFound"/></exception>
    public EfuseField Get(string name) => Find(name) ?? throw new EfuseException(
        ErrorCode.EfuseNotFound,
        $"There is no eFuse field '{name}' on this chip.",
        "List the fields of the chip to see their names.")
    { Target = name };

    /// <summary>Finds a field by its role; null when there is none.</summary>
    public EfuseField? Find(EfuseRole role) => _byRole.TryGetValue(role, out EfuseField field) ? field : null;

    /// <summary>Finds a field by its role.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseNotFound"/></exception>
    public EfuseField Get(EfuseRole role) => Find(role) ?? throw new EfuseException(
        ErrorCode.EfuseNotFound, $"There is no eFuse field for '{EfuseRoles.Word(role)}' on this chip.")
    { Target = EfuseRoles.Word(role) };

    /// <summary>Finds the field with the purpose of a key block; null when the block has none.</summary>
    /// <param name="block">Number of the block in hardware.</param>
    public EfuseField? FindPurposeOf(int block) => Fields.FirstOrDefault(field => field.PurposeOfBlock == block);

    /// <summary>The places of a field's bits, lowest first, with those of its <see cref="EfuseField.HighField"/>, which lies in the same block.</summary>
    public IReadOnlyList<EfuseBitRange> GetWholeRanges(EfuseField field) =>
        field.HighField is { } high ? [.. field.Ranges, .. Get(high).Ranges] : field.Ranges;
}
