using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>
/// A table of units and its processing. The table is read twice: <see cref="Check"/> finds all problems, and <see
/// cref="Make{T}"/> does the work. Both hold only a few rows at a time and use several processors.
/// </summary>
public sealed class FactoryBatch
{
    // More than anybody reads; a table for another product has errors in every row.
    private const int MostProblems = 1000;

    private readonly FactorySchema _schema;
    private readonly FactoryTable _table;
    private readonly FactoryOptions _options;

    /// <summary>A batch.</summary>
    /// <param name="schema">The keys of every unit.</param>
    /// <param name="table">The units.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: size, version or prefix.</exception>
    public FactoryBatch(FactorySchema schema, FactoryTable table, FactoryOptions options)
    {
        _ = new NvsImageBuilder(options.Size, options.Version);
        if (options.Prefix.Length > 0 && FactoryNames.Fault(options.Prefix) is { } fault)
        {
            throw new InputException(ErrorCode.ValueInvalid, $"No file name can begin with '{options.Prefix}': {fault}.", "Give another prefix.");
        }

        _schema = schema;
        _table = table;
        _options = options;
    }

    private FactoryProblem NoRow =>
        new() { Source = _table.Source, Rule = FactoryRule.NoRow, Message = "The table has no rows.", Advice = "Give a row for each unit." };

    /// <summary>Checks everything that can be checked before the first unit is made.</summary>
    /// <param name="alsoCheck">
    /// Additional check of a unit with its plain image; null for none. Called from several threads at once.
    /// </param>
    /// <param name="onChecked">Receives the number of checked rows from time to time; null for none.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The number of units.</returns>
    /// <exception cref="FactoryDataException">All problems.</exception>
    public int Check(Func<FactoryUnit, byte[], IEnumerable<FactoryProblem>>? alsoCheck, Action<int>? onChecked, CancellationToken cancellation)
    {
        List<FactoryProblem> problems = [];
        if (_table.Columns.Count == 0)
        {
            problems.Add(NoRow);
            ThrowIfAny(problems, problems.Count);
        }

        var columns = new FactoryColumns(_schema, _table, _options.FileIdColumn, problems);
        ThrowIfAny(problems, problems.Count);

        var reader = new FactoryUnitReader(_schema, _table, _options, columns);
        var uniqueness = new FactoryUniqueness(_schema, _options.FileIdColumn);
        int count = 0;
        int found = 0;
        foreach ((FactoryUnit? unit, List<FactoryProblem> own) in InParallel.Select(Rows(reader, problems), row => CheckRow(reader, row, alsoCheck), cancellation))
        {
            if (unit is not null)
            {
                own.AddRange(uniqueness.Add(unit).Select(Named));
            }

            count++;
            found += own.Count;
            problems.AddRange(own.Take(MostProblems - problems.Count));
            onChecked?.Invoke(count);
        }

        found += problems.Count(problem => problem.Row is null);
        if (count == 0 && found == 0)
        {
            problems.Add(NoRow);
            found++;
        }

        ThrowIfAny([.. problems.OrderBy(problem => problem.Row ?? int.MaxValue)], found);
        return count;
    }

    /// <summary>Makes a result from each unit, in the order of the rows.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="isWanted">Selects the units; called on the calling thread before the unit is made.</param>
    /// <param name="make">Makes the result; called from several threads at once.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="FactoryDataException">The table has changed since it was checked.</exception>
    public IEnumerable<T> Make<T>(Func<FactoryUnit, bool> isWanted, Func<FactoryUnit, T> make, CancellationToken cancellation) =>
        InParallel.Select(Units().Where(isWanted), make, cancellation);

    private IEnumerable<FactoryUnit> Units()
    {
        List<FactoryProblem> problems = [];
        var columns = new FactoryColumns(_schema, _table, _options.FileIdColumn, problems);
        ThrowIfAny(problems, problems.Count);
        var reader = new FactoryUnitReader(_schema, _table, _options, columns);
        foreach (FactoryRow row in Begun(reader, _table.Read()))
        {
            FactoryUnit? unit = reader.Read(row, problems);
            yield return unit is not null && problems.Count == 0 ? unit : throw new FactoryDataException(problems, problems.Count);
        }
    }

    // The values for all units are known before rows are read in parallel.
    private static IEnumerable<FactoryRow> Begun(FactoryUnitReader reader, IEnumerable<FactoryRow> rows)
    {
        foreach (FactoryRow row in rows)
        {
            if (row.Number == 1)
            {
                reader.TakeRepeated(row);
            }

            yield return row;
        }
    }

    // The rows before damage in the text are checked.
    private IEnumerable<FactoryRow> Rows(FactoryUnitReader reader, List<FactoryProblem> problems)
    {
        using IEnumerator<FactoryRow> rows = Begun(reader, _table.Read()).GetEnumerator();
        while (true)
        {
            try
            {
                if (!rows.MoveNext())
                {
                    yield break;
                }
            }
            catch (InputException error)
            {
                problems.Add(new FactoryProblem { Source = _table.Source, Rule = FactoryRule.Form, Message = error.Message, Advice = error.Advice });
                yield break;
            }

            yield return rows.Current;
        }
    }

    private (FactoryUnit? Unit, List<FactoryProblem> Problems) CheckRow(
        FactoryUnitReader reader, FactoryRow row, Func<FactoryUnit, byte[], IEnumerable<FactoryProblem>>? alsoCheck)
    {
        List<FactoryProblem> problems = [];
        FactoryUnit? unit = reader.Read(row, problems);
        if (unit is not null && problems.Count == 0)
        {
            try
            {
                byte[] image = unit.ToImage();
                problems.AddRange(alsoCheck?.Invoke(unit, image).Select(Named) ?? []);
            }
            catch (InputException error)
            {
                FactoryRule rule = error.Code switch
                {
                    ErrorCode.NvsFull => FactoryRule.Size,
                    ErrorCode.FileAccess => FactoryRule.File,
                    _ => FactoryRule.Value,
                };
                problems.Add(Named(unit.Problem(rule, error.Message, error.Advice)));
            }
        }

        return (unit, problems);
    }

    private FactoryProblem Named(FactoryProblem problem) => problem with { Source = _table.Source };

    private static void ThrowIfAny(IReadOnlyList<FactoryProblem> problems, int count)
    {
        if (count > 0)
        {
            throw new FactoryDataException(problems, count);
        }
    }
}
