using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>The vendor's eFuse table of a chip, with the names that espefuse uses. The notes beside the tables describe the format.</summary>
internal sealed partial class VendorEfuseTable
{
    // The two halves of the one key block of the ESP32-C2 are spelt in this way in the rows for protection only.
    private static readonly Dictionary<string, string> s_halves = new()
    {
        ["KEY0"] = "BLOCK_KEY0",
        ["KEY0.LOW"] = "BLOCK_KEY0_LOW_128",
        ["KEY0.HI"] = "BLOCK_KEY0_HI_128",
    };

    private readonly Dictionary<string, string> _rename;
    private readonly HashSet<string> _onlyVendor;
    private readonly Dictionary<string, int> _writeDisable = [];
    private readonly Dictionary<string, int[]> _readDisable = [];
    private VendorEfuseField? _last;
    private int _firstReadDisable;

    private VendorEfuseTable(JsonElement differences)
    {
        // espefuse 5.3.1 still has the vendor's names where later versions write SDC.
        _rename = differences.GetProperty("csvToEspefuse").EnumerateObject()
            .Where(pair => !pair.Value.GetString()!.StartsWith("SDC_", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
        _onlyVendor = [.. differences.GetProperty("onlyCsv").EnumerateArray().Select(name => name.GetString()!)];
        OnlyEspefuse = [.. differences.GetProperty("onlyEspefuse").EnumerateArray().Select(name => name.GetString()!)];
    }

    public Dictionary<string, VendorEfuseField> Fields { get; } = [];

    /// <summary>Fields that espefuse has and the vendor's table has not, or not as fields of their own.</summary>
    public HashSet<string> OnlyEspefuse { get; }

    public static VendorEfuseTable Load(ChipDefinition chip, int revision)
    {
        using JsonDocument differences = JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("facts", "efuse", "differences.json")));
        VendorEfuseTable table = new(differences.RootElement.GetProperty(chip.Key));
        foreach (string line in Files(chip, revision).SelectMany(File.ReadLines).Where(line => line.Contains("EFUSE_BLK", StringComparison.Ordinal) && line[0] != '#'))
        {
            table.Add(line.Split(',', 5), chip);
        }

        table.Finish();
        return table;
    }

    // The table of the revision, and with it what only some revisions have: name_vFIRST_vLAST.csv.
    private static IEnumerable<string> Files(ChipDefinition chip, int revision)
    {
        string main = SharedFiles.PathOf("facts", "efuse", chip.Efuse.GetTable(revision) + ".csv");
        IEnumerable<string> others = from file in Directory.GetFiles(Path.GetDirectoryName(main)!, chip.Key + "_v*_v*.csv")
                                     let limits = Path.GetFileNameWithoutExtension(file).Split('_').Skip(1).Select(EfuseVectors.ParseRevision).ToArray()
                                     where revision >= limits[0] && revision <= limits[1]
                                     select file;
        return others.Prepend(main);
    }

    private void Add(string[] columns, ChipDefinition chip)
    {
        string name = columns[0].Trim();
        int block = int.Parse(Regex.Match(columns[1], "[0-9]+$").Value, CultureInfo.InvariantCulture);
        int start = int.Parse(columns[2], CultureInfo.InvariantCulture);
        int count = columns[3].Trim() == "MAX_BLK_LEN" ? chip.Efuse.Blocks[block].Words * 32 : int.Parse(columns[3], CultureInfo.InvariantCulture);
        if (name.StartsWith("WR_DIS.", StringComparison.Ordinal) || name.StartsWith("WR_DIS_", StringComparison.Ordinal))
        {
            _writeDisable[Unhalve(name[7..])] = start;
        }
        else if (name.StartsWith("RD_DIS.", StringComparison.Ordinal))
        {
            _readDisable[Unhalve(name[7..])] = [.. Enumerable.Range(start - _firstReadDisable, count)];
        }
        else if (name.Length == 0)
        {
            _last!.Bits.AddRange(Enumerable.Range(start, count));
        }
        else
        {
            _firstReadDisable = name == "RD_DIS" ? start : _firstReadDisable;
            _last = new()
            {
                Name = _rename.TryGetValue(name, out string? other) ? other : name,
                Block = block,
                Bits = [.. Enumerable.Range(start, count)],
                Meanings = Meaning().Matches(columns[4]).ToDictionary(
                    match => uint.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match => match.Groups[2].Value),
            };
            Fields[_last.Name] = _last;
        }
    }

    private void Finish()
    {
        foreach (string name in _onlyVendor)
        {
            Fields.Remove(name);
        }

        foreach (VendorEfuseField field in Fields.Values)
        {
            // A half of a block cannot be written any more than the whole.
            string whole = s_halves.ContainsValue(field.Name) ? s_halves["KEY0"] : field.Name;
            field.WriteDisableBit = _writeDisable.TryGetValue(whole, out int bit) ? bit : null;
            field.ReadDisableBits = _readDisable.TryGetValue(field.Name, out int[]? bits) ? bits : [];

            // A MAC address is written from its highest byte down.
            if (field.Name.StartsWith("MAC", StringComparison.Ordinal))
            {
                field.Bits.Sort();
            }
        }
    }

    private static string Unhalve(string name) => s_halves.TryGetValue(name, out string? other) ? other : name;

    [GeneratedRegex("([0-9]+): \"([^\"]*)\"")]
    private static partial Regex Meaning();
}
