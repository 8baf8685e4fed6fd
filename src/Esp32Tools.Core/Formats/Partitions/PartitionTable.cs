using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>A partition table: ordered partitions, read from and written to the binary form or CSV.</summary>
public sealed class PartitionTable
{
    /// <summary>Size of the binary form, in bytes.</summary>
    public const int BinarySize = 0xC00;

    /// <summary>Makes a table.</summary>
    /// <param name="partitions">Its partitions, in their order.</param>
    /// <param name="source">Its origin, for messages: a path or a port; null for none.</param>
    public PartitionTable(IEnumerable<Partition> partitions, string? source = null)
    {
        Partitions = partitions.ToArray();
        Source = source;
    }

    /// <summary>The partitions, in the order of the table.</summary>
    public IReadOnlyList<Partition> Partitions { get; }

    /// <summary>Its origin: a path or a port, or null.</summary>
    public string? Source { get; }

    /// <summary>Place of each partition in the source of the table, such as <c>line 3</c>; empty when there is none.</summary>
    internal IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Warnings, full sentences: unknown flags, a misleading name.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>
    /// A warning, a full sentence, when the table has no partition, which is valid but hardly intended; else null.
    /// </summary>
    public string? Emptiness => Partitions.Count > 0 ? null : $"{Subject(Source)} has no partition.";

    /// <summary>True when the binary form had an MD5 entry; true for a table from elsewhere.</summary>
    public bool HasMd5 { get; internal init; } = true;

    /// <summary>Reads the binary form. The rules are not checked: <see cref="EnsureValid"/> does that.</summary>
    /// <param name="bytes">From the table's first byte; bytes after its end are ignored.</param>
    /// <param name="source">Its origin, for messages: a path or a port; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.PartitionTableMissing"/>: the data is not a partition table.
    /// <see cref="ErrorCode.PartitionTableInvalid"/>: it is damaged.
    /// </exception>
    public static PartitionTable Parse(byte[] bytes, string? source = null) => PartitionTableBinary.Read(bytes, source);

    /// <summary>Reads the CSV of ESP-IDF projects and fills in missing values. The rules are not checked.</summary>
    /// <param name="bytes">The file: UTF-8, or UTF-8, UTF-16 or UTF-32 with a byte order mark.</param>
    /// <param name="options">Surroundings of the table; null for ESP-IDF's defaults.</param>
    /// <param name="source">Its origin, for messages: a path; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableInvalid"/>, with the line.</exception>
    public static PartitionTable ParseCsv(byte[] bytes, PartitionTableOptions? options = null, string? source = null) =>
        PartitionCsvReader.Read(bytes, options ?? new PartitionTableOptions(), source);

    /// <summary>
    /// Makes a table from rows and fills in missing values, like <see cref="ParseCsv"/>. The rules are not checked.
    /// </summary>
    /// <param name="rows">The rows, in the order of the partitions.</param>
    /// <param name="options">Surroundings of the table; null for ESP-IDF's defaults.</param>
    /// <param name="source">Their origin, for messages; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableInvalid"/>, with the place and the column.</exception>
    public static PartitionTable FromRows(IEnumerable<PartitionRow> rows, PartitionTableOptions? options = null, string? source = null) =>
        new PartitionRowReader(options ?? new PartitionTableOptions(), source).Read(rows);

    /// <summary>Reads a file in either form: the binary form begins with its magic, anything else is CSV.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <param name="options">Surroundings of a table in CSV; null for ESP-IDF's defaults.</param>
    /// <exception cref="InputException">As <see cref="Parse"/> and <see cref="ParseCsv"/>.</exception>
    public static PartitionTable ParseFile(byte[] bytes, string? source = null, PartitionTableOptions? options = null) =>
        PartitionTableBinary.LooksBinary(bytes) ? Parse(bytes, source) : ParseCsv(bytes, options, source);

    /// <summary>The partition with a name.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionNotFound"/></exception>
    public Partition Find(string name) => Partitions.FirstOrDefault(partition => VisibleText.IsName(partition.Name, name)) ?? throw new InputException(
        ErrorCode.PartitionNotFound,
        $"{Subject(Source)} has no partition '{name}'.",
        $"It has {string.Join(", ", Partitions.Select(partition => partition.Name))}.")
    { Target = name };

    /// <summary>The partitions of a type and a subtype, each a name or a number; null for any.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: no name of a type or subtype, and no number.</exception>
    public IReadOnlyList<Partition> Select(string? type, string? subType = null, PartitionNames? names = null)
    {
        PartitionNames known = names ?? PartitionNames.Default;
        byte? number = type is null ? null : known.ParseType(type);
        return Partitions
            .Where(partition => number is null || partition.TypeNumber == number)
            .Where(partition => subType is null || partition.SubTypeNumber == known.ParseSubType(partition.TypeNumber, subType))
            .ToArray();
    }

    /// <summary>
    /// The application that boots when otadata is empty: the factory application, or else the lowest slot; null when the table
    /// has neither.
    /// </summary>
    public Partition? BootDefault => Partitions
        .Where(partition => partition.IsFactory || partition.OtaSlot is not null)
        .OrderBy(partition => partition.OtaSlot ?? -1)
        .FirstOrDefault();

    /// <summary>True when the bytes are entries and an end entry; what follows them then does not matter.</summary>
    internal static bool HasEnd(byte[] bytes) => PartitionTableBinary.HasEnd(bytes);

    /// <summary>The binary form, <see cref="BinarySize"/> bytes.</summary>
    /// <param name="withMd5">True to add an MD5 entry.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.PartitionTableInvalid"/>: too many partitions, or a name too long.
    /// </exception>
    public byte[] ToBytes(bool withMd5 = true) => PartitionTableBinary.Write(this, withMd5);

    /// <summary>The table as CSV, with line feeds as line ends.</summary>
    /// <param name="options">The project's own subtypes; null for ESP-IDF's alone.</param>
    public string ToCsv(PartitionTableOptions? options = null) => PartitionCsvWriter.Write(this, options ?? new PartitionTableOptions());

    /// <summary>
    /// The rules that the table breaks, a full sentence each that names the partition; empty when it breaks none.
    /// </summary>
    public IReadOnlyList<string> FindViolations(PartitionTableOptions? options = null) =>
        PartitionRules.Violations(this, options ?? new PartitionTableOptions()).ToArray();

    /// <summary>Throws when the table breaks a rule.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableInvalid"/>, with every broken rule.</exception>
    public void EnsureValid(PartitionTableOptions? options = null)
    {
        IReadOnlyList<string> violations = FindViolations(options);
        if (violations.Count > 0)
        {
            throw Invalid(Source, $"breaks a rule: {string.Join(" ", violations)}", "Correct the table and build it again.");
        }
    }

    internal static string Subject(string? source) => source is null ? "The partition table" : $"The partition table '{source}'";

    /// <param name="source">Origin of the table.</param>
    /// <param name="what">The rest of the sentence that the table begins.</param>
    /// <param name="advice">The remedy.</param>
    internal static InputException Invalid(string? source, string what, string advice) =>
        new(ErrorCode.PartitionTableInvalid, $"{Subject(source)} {what}", advice) { Target = source };
}
