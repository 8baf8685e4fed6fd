using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>What can be read off a case of the vendor's utility: whether it is refused here as well, and why.</summary>
internal sealed class FactoryRules
{
    private const int PageSize = 0x1000;

    private static readonly string[] s_types = ["namespace", "data", "file"];
    private static readonly string[] s_encodings = ["string", "binary", "hex2bin", "base64", "u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"];

    private readonly string[][] _config;
    private readonly string[][] _values;
    private readonly int _size;

    public FactoryRules(JsonElement item)
    {
        _config = Rows(FactoryVectors.Text(item, "config"));
        _values = Rows(FactoryVectors.Text(item, "values"));
        _size = FactoryVectors.SizeOf(item);
    }

    /// <summary>
    /// What the utility refuses and NVS has no reason to: columns in another order, and one of the integers
    /// (formats.md, section 4).
    /// </summary>
    public bool IsTakenHere =>
        IsWellFormed && (_config.Any(row => row.Length > 2 && row[2] == "i16") || (Header.Length == Keys.Length && !Header.SequenceEqual(Keys) && !Keys.Except(Header).Any()));

    /// <summary>The rows of values.</summary>
    public int Units => _values.Length - 1;

    /// <summary>Why it is refused.</summary>
    public ErrorCode Code =>
        _size % PageSize != 0 ? ErrorCode.ValueInvalid
        : _config.Length == 0 || _values.Length == 0 || _config.Any(row => !s_types.Contains(row[1])) ? ErrorCode.CsvInvalid
        : Values.Any(row => !s_encodings.Contains(row[2])) ? ErrorCode.NvsItemInvalid
        : ErrorCode.FactoryDataInvalid;

    private bool IsWellFormed => Code == ErrorCode.FactoryDataInvalid && _values.All(row => row.Length == Header.Length);

    private string[] Header => _values[0];

    private string[] Keys => [.. Values.Select(row => row[0])];

    private string[][] Values => [.. _config.Where(row => row[1] != "namespace")];

    private static string[][] Rows(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Select(line => line.Split(','))];
}
