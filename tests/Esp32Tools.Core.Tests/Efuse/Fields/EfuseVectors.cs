using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>
/// Where the eFuse vectors are: a folder for each chip, or for one of its silicon tables: <c>esp32h2-v1.2</c>.
/// </summary>
internal static class EfuseVectors
{
    /// <summary>Folders of one kind, such as <c>efuse-decode/esp32</c>, with their chip.</summary>
    public static IEnumerable<(ChipDefinition Chip, string Folder)> ChipFolders(string kind) =>
        from folder in Directory.GetDirectories(SharedFiles.Vector(kind)).OrderBy(name => name, StringComparer.Ordinal)
        select (ChipCatalog.ByName(Path.GetFileName(folder).Split('-')[0]), $"{kind}/{Path.GetFileName(folder)}");

    /// <summary>Reads <c>v3.1</c> as 301.</summary>
    public static int ParseRevision(string text)
    {
        string[] parts = text.TrimStart('v').Split('.');
        return (100 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + int.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
