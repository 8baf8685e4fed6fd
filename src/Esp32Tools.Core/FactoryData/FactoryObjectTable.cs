using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.FactoryData;

/// <summary>A table of objects added one by one. Holds their values, not the objects.</summary>
public sealed class FactoryObjectTable : FactoryTable
{
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<object?[]> _rows = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => _columns;

    /// <summary>Adds a row. New names become columns.</summary>
    /// <param name="properties">Values by name, ignoring case.</param>
    public void Add(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        object?[] cells = new object?[_columns.Count];
        foreach (KeyValuePair<string, object?> property in properties)
        {
            if (!_places.TryGetValue(property.Key, out int place))
            {
                place = _columns.Count;
                _columns.Add(property.Key);
                _places.Add(property.Key, place);
                Array.Resize(ref cells, place + 1);
            }

            cells[place] = property.Value;
        }

        _rows.Add(cells);
    }

    /// <inheritdoc/>
    public override IEnumerable<FactoryRow> Read() => _rows.Select((cells, i) =>
    {
        Array.Resize(ref cells, _columns.Count);
        return new FactoryRow(i + 1, Line: null, cells);
    });
}
