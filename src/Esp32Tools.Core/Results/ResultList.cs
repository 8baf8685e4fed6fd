using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Esp32Tools.Results;

/// <summary>
/// The lists in results. As text, all items stand on one line, so that a cell of a CSV file shows them: values with a comma
/// between them, objects, whose text may have commas, with a semicolon.
/// </summary>
/// <typeparam name="T">A number, text, or a flat object whose text says what it is.</typeparam>
public sealed class ResultList<T> : ReadOnlyCollection<T>
{
    /// <summary>Makes a list of the items.</summary>
    public ResultList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(typeof(T).IsPrimitive || typeof(T) == typeof(string) ? ", " : "; ", Items);
}
