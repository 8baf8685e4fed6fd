using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.FactoryData;

/// <summary>A table with a row for each unit; it can be read more than once.</summary>
public abstract class FactoryTable
{
    /// <summary>Name of the table in messages: a path; null for none.</summary>
    public virtual string? Source => null;

    /// <summary>Names of the columns.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, from the first.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.CsvInvalid"/></exception>
    public abstract IEnumerable<FactoryRow> Read();
}
