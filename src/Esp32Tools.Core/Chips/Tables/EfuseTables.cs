using System;
using System.Collections.Generic;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips.Tables;

/// <summary>The embedded tables. Each is parsed on first use.</summary>
internal static class EfuseTables
{
    private static readonly object s_gate = new();
    private static readonly Dictionary<string, IReadOnlyList<EfuseField>> s_parsed = new(StringComparer.Ordinal);
    private static readonly Dictionary<(string Name, int Revision), EfuseTable> s_tables = [];

    /// <summary>A table at one silicon revision.</summary>
    /// <param name="name">Name of its file, without <c>.efuse</c>.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    /// <param name="blockWords">Number of words of each block, by its number in hardware.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.ChipUnsupported"/>: there is no such table.</exception>
    public static EfuseTable Get(string name, int revision, IReadOnlyList<int> blockWords)
    {
        lock (s_gate)
        {
            if (!s_tables.TryGetValue((name, revision), out EfuseTable table))
            {
                if (!s_parsed.TryGetValue(name, out IReadOnlyList<EfuseField> fields))
                {
                    s_parsed[name] = fields = Load(name, blockWords);
                }

                s_tables[(name, revision)] = table = new EfuseTable(fields, revision);
            }

            return table;
        }
    }

    private static IReadOnlyList<EfuseField> Load(string name, IReadOnlyList<int> blockWords)
    {
        string file = name + ".efuse";
        using Stream stream = typeof(EfuseTables).Assembly.GetManifestResourceStream($"{typeof(EfuseTables).Namespace}.{file}")
            ?? throw new EfuseException(ErrorCode.ChipUnsupported, $"There is no eFuse table '{name}' here.") { Target = name };
        using StreamReader reader = new(stream);
        return EfuseTableParser.Parse(reader, file, blockWords);
    }
}
