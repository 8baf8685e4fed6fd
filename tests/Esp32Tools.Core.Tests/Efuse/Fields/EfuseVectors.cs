using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>
/// Where the eFuse vectors are: our own under Data, and those beside the repository when they are there. A chip's
/// folder joins as soon as the chip is in the catalogue.
/// </summary>
internal static class EfuseVectors
{
    /// <summary>Folders of one kind, such as <c>efuse-decode/esp32</c>, with their chip.</summary>
    public static IEnumerable<(ChipDefinition Chip, string Folder)> ChipFolders(string kind)
    {
        List<string> roots = [SharedFiles.InRepository("tests", "Esp32Tools.Core.Tests", "Data", kind)];
        if (SharedFiles.Available)
        {
            roots.Add(SharedFiles.PathOf("vectors", kind));
        }

        return from root in roots
               where Directory.Exists(root)
               from folder in Directory.GetDirectories(root).OrderBy(name => name, StringComparer.Ordinal)
               let chip = ChipCatalog.Find(Path.GetFileName(folder).Split('-')[0])
               where chip is not null
               select (chip, folder);
    }

    /// <summary>Reads <c>v3.1</c> as 301.</summary>
    public static int ParseRevision(string text)
    {
        string[] parts = text.TrimStart('v').Split('.');
        return (100 * int.Parse(parts[0], CultureInfo.InvariantCulture)) + int.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
