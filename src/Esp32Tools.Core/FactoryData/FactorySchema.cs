using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.FactoryData;

/// <summary>The namespaces and keys of every unit, in the order of NVS.</summary>
public sealed class FactorySchema
{
    internal FactorySchema(IEnumerable<FactoryNamespace> namespaces)
    {
        Namespaces = [.. namespaces];
        Fields = [.. Namespaces.SelectMany(nameSpace => nameSpace.Fields)];
    }

    /// <summary>The namespaces.</summary>
    public IReadOnlyList<FactoryNamespace> Namespaces { get; }

    /// <summary>The keys of all namespaces.</summary>
    public IReadOnlyList<FactoryField> Fields { get; }

    /// <summary>Reads the vendor's configuration: see <see cref="FactorySchemaCsv"/>.</summary>
    /// <param name="text">The text; the caller closes it.</param>
    /// <param name="source">Name of the text in messages: the file's path; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.CsvInvalid"/>, <see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static FactorySchema ReadCsv(TextReader text, string? source = null) => FactorySchemaCsv.Read(text, source);

    /// <summary>Reads objects: see <see cref="FactorySchemaRows"/>.</summary>
    /// <param name="rows">Properties of each, by name, ignoring case.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>, <see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static FactorySchema FromRows(IEnumerable<IReadOnlyDictionary<string, object?>> rows) => FactorySchemaRows.Read(rows);
}
