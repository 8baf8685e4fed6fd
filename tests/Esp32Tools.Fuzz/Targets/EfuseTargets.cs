using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.UserTable;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>eFuse dumps, and tables of fields.</summary>
internal static class EfuseTargets
{
    private static readonly EfuseSnapshot[] s_blank = [.. ChipCatalog.All.Select(chip => EfuseDump.Read(chip, new byte[chip.Efuse.RegisterSpace]))];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("efuse-dump", Dump)
        {
            Vectors = [.. ChipCatalog.All.Where(chip => chip.Key is "esp32" or "esp32c3" or "esp32p4" or "esp32h2").Select(chip => ($"efuse-decode/{chip.Key}", ".bin"))],
            Made = () => [new byte[124], new byte[1024]],
            Iterations = 1_500,
        },
        new("efuse-table", Table)
        {
            Words = ["EFUSE_BLK3", "EFUSE_BLK_KEY0", "EFUSE_BLK0", "USER_DATA", "MAX_BLK_LEN", "0x", "256", "[A B]", "field.part", "field_name,"],
            Iterations = 6_000,
        },
    ];

    private static void Dump(byte[] input)
    {
        bool isNew = true;
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            if (input.Length != chip.Efuse.RegisterSpace && !EmulatorEfuseFile.HasLengthOf(chip, input.Length))
            {
                continue;
            }

            EfuseSnapshot snapshot = EfuseDump.Read(chip, input);
            Look.At(snapshot.Decode(includeHidden: true));
            Look.At(snapshot.GetBlockStatuses());
            _ = EfuseDump.Write(snapshot);
            isNew = false;
        }

        if (isNew)
        {
            EfuseDump.Read(ChipCatalog.ByName("esp32"), input);
        }
    }

    private static void Table(byte[] input)
    {
        using var text = new StringReader(Look.Text(input));
        var table = UserFieldTable.Parse(text, "input");
        Look.At(table);
        foreach (EfuseSnapshot chip in s_blank)
        {
            Look.Try(() => Look.At(table.AddTo(chip).Decode()));
            Look.Try(() => table.DescribeShared(chip));
        }
    }
}
