using System.Collections.Generic;

namespace Esp32Tools.FactoryData;

/// <summary>One row of a table: one unit.</summary>
/// <param name="Number">Its number, from 1; a header does not count.</param>
/// <param name="Line">The line of the file on which it begins; null when there is no file.</param>
/// <param name="Cells">Its cells, in the order of the table's columns.</param>
public sealed record FactoryRow(int Number, int? Line, IReadOnlyList<object?> Cells);
