using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>
/// Finds the block that a table names: <c>EFUSE_BLK3</c>, <c>EFUSE_BLK_KEY0</c>, <c>EFUSE_BLK_USER_DATA</c> as ESP-IDF
/// writes them, the number alone, or a name of the block or of its field.
/// </summary>
internal static class UserBlockLookup
{
    private static readonly string[] s_prefixes = ["BLOCK_", "BLK_", "BLOCK", "BLK"];

    public static EfuseBlockFacts? Find(EfuseSnapshot snapshot, EfuseTable own, string text)
    {
        string name = WithoutPrefix(text, "EFUSE_") ?? text;
        string rest = s_prefixes.Select(prefix => WithoutPrefix(name, prefix)).FirstOrDefault(found => found is not null) ?? name;
        IReadOnlyList<EfuseBlockFacts> blocks = snapshot.Chip.Efuse.Blocks;
        if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return blocks.FirstOrDefault(block => block.Index == index);
        }

        // ESP-IDF names blocks 1 and 2 of the ESP32 after their keys: EFUSE_BLK_ENCRYPT_FLASH, EFUSE_BLK_SECURE_BOOT.
        string[] names = [name, "BLOCK_" + rest, rest, rest + "_KEY"];
        return blocks.FirstOrDefault(block => names.Contains(block.Name, StringComparer.OrdinalIgnoreCase))
            ?? names.Select(own.Find).Where(field => field is { IsWholeBlock: true }).Select(field => blocks[field!.Block]).FirstOrDefault();
    }

    private static string? WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : null;
}
