using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Esp32Tools.Errors;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>What can be read off a case of the generator: what becomes of it here, and why.</summary>
internal static class NvsCsvRules
{
    private const int PageSize = 4096;
    private const int LargeSize = 0x10_0000;

    private static readonly string[] s_rowTypes = ["namespace", "data", "file"];
    private static readonly string[] s_header = ["key", "type", "encoding", "value"];

    // Companions of these keys come without being asked for.
    private static readonly string[] s_wifiKeys = ["sta.ssid", "sta.pswd", "ap.ssid", "ap.passwd", "ap.authmode"];

    /// <summary>False for a mistake on the generator's command line: two keys at once, which cannot be said here.</summary>
    public static bool CanBeSaid(JsonElement item)
    {
        string[] arguments = [.. item.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)];
        return !(arguments.Contains("--keygen") && arguments.Contains("--inputkey"));
    }

    /// <summary>True where the generator leaves a row out, or turns it into something else, without a word: this module refuses it.</summary>
    public static bool IsSilent(JsonElement item) => Tables(item).Any(HasUnknownType) || BeginsWithoutNamespace(item);

    /// <summary>
    /// True where the generator goes beyond its CSV: it puts a value into another namespace than the one that is named
    /// again, or adds companions of the keys of a network.
    /// </summary>
    public static bool HasQuirks(JsonElement item)
    {
        string[] namespaces = [.. Rows(item).Where(row => TypeOf(row) == "namespace").Select(row => row[0])];
        bool isNamedAgain = namespaces.Where((name, i) => i > 0 && namespaces[i - 1] != name && namespaces.Take(i).Contains(name)).Any();
        return isNamedAgain || Rows(item).Any(row => s_wifiKeys.Contains(row[0]));
    }

    /// <summary>Why a case is refused.</summary>
    public static ErrorCode CodeOf(JsonElement item)
    {
        long size = NvsVectors.SizeOf(item);
        return size < PageSize || size % PageSize != 0 || item.GetProperty("version").GetInt32() is not (1 or 2) ? ErrorCode.ValueInvalid
            : Tables(item).Any(table => !table[0].SequenceEqual(s_header) || HasUnknownType(table)) || BeginsWithoutNamespace(item) ? ErrorCode.CsvInvalid
            : Rows(item).Any(row => TypeOf(row) == "file" && !NvsVectors.HasFile(row[3])) ? ErrorCode.FileNotFound
            : IsBuiltInALargerOne(item) ? ErrorCode.NvsFull
            : ErrorCode.NvsItemInvalid;
    }

    private static bool IsBuiltInALargerOne(JsonElement item)
    {
        try
        {
            return NvsVectors.Build(item, size: LargeSize).Length == LargeSize;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static bool HasUnknownType(string[][] table) => table.Skip(1).Any(row => row.Length > 1 && !s_rowTypes.Contains(row[1]));

    private static bool BeginsWithoutNamespace(JsonElement item) => Rows(item).FirstOrDefault() is { } first && TypeOf(first) != "namespace";

    private static string? TypeOf(string[] row) => row.Length > 1 ? row[1] : null;

    private static IEnumerable<string[]> Rows(JsonElement item) => Tables(item).SelectMany(table => table.Skip(1));

    // Plain enough for these rules: no rule asks for a value with a comma or a line end in it.
    private static IEnumerable<string[][]> Tables(JsonElement item) =>
        from file in item.GetProperty("csv").EnumerateArray()
        let text = Encoding.UTF8.GetString(NvsVectors.Read(file.GetString()!))
        select (string[][])[.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(','))];
}
