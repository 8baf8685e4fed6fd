using System.Collections.Generic;

namespace Esp32Tools.FactoryData;

/// <summary>One row of a table: one unit.</summary>
/// <param name="Number">Which row it is, from 1; a header does not count.</param>
/// <param name="Line">The line of the file on which it begins; null when there is no file.</param>
/// <param name="Cells">What stands in it, in the order of the table's columns.</param>
public sealed record FactoryRow(int Number, int? Line, IReadOnlyList<object?> Cells);
