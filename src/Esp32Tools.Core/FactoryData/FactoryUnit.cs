using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>One unit: its name and its NVS values.</summary>
public sealed class FactoryUnit
{
    private readonly FactorySchema _schema;
    private readonly FactoryOptions _options;

    internal FactoryUnit(FactorySchema schema, FactoryOptions options, FactoryRow row, string id, IReadOnlyList<FactoryValue> values)
    {
        _schema = schema;
        _options = options;
        Row = row.Number;
        Line = row.Line;
        Id = id;
        Name = FactoryNames.Of(options, row.Number, id);
        Values = values;
    }

    /// <summary>Its row in the table, from 1.</summary>
    public int Row { get; }

    /// <summary>Its line in the file; null when the table is not a file.</summary>
    public int? Line { get; }

    /// <summary>Its id: the value of the id column, or its row number.</summary>
    public string Id { get; }

    /// <summary>Its name, the base of its file names: prefix, optional number, id.</summary>
    public string Name { get; }

    /// <summary>Columns of the table that belong to no key, with their values.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Metadata { get; internal init; } = [];

    internal IReadOnlyList<FactoryValue> Values { get; }

    /// <summary>The plain NVS partition.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsFull"/>, <see cref="ErrorCode.NvsItemInvalid"/></exception>
    public byte[] ToImage()
    {
        var builder = new NvsImageBuilder(_options.Size, _options.Version);
        NvsGeneratorQuirks? quirks = _options.LikeGenerator ? new NvsGeneratorQuirks() : null;
        foreach (FactoryNamespace nameSpace in _schema.Namespaces)
        {
            builder.Add(NvsItem.ForNamespace(nameSpace.Name));
            string target = quirks?.Enter(nameSpace.Name) ?? nameSpace.Name;
            foreach (NvsItem item in ValuesOf(nameSpace).SelectMany(value => quirks?.Expand(value.ItemIn(target), value.Text) ?? [value.Item]))
            {
                builder.Add(item);
            }
        }

        return builder.ToBytes();
    }

    /// <summary>
    /// The CSV from which the vendor's generator makes the same partition, in UTF-8. Holds all values in plain text.
    /// </summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder();
        CsvWriter.Append(text, ["key", "type", "encoding", "value"]);
        foreach (FactoryNamespace nameSpace in _schema.Namespaces)
        {
            CsvWriter.Append(text, [nameSpace.Name, "namespace", string.Empty, string.Empty]);
            foreach (FactoryValue value in ValuesOf(nameSpace))
            {
                CsvWriter.Append(text, value.ToCsvFields());
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A problem with this unit.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="message">Description of the problem.</param>
    /// <param name="advice">The remedy.</param>
    public FactoryProblem Problem(FactoryRule rule, string message, string advice) =>
        new() { Row = Row, Line = Line, Rule = rule, Message = message, Advice = advice };

    /// <summary>The name of the unit.</summary>
    public override string ToString() => Name;

    private IEnumerable<FactoryValue> ValuesOf(FactoryNamespace nameSpace) =>
        Values.Where(value => nameSpace.Fields.Any(field => ReferenceEquals(field, value.Field)));
}
