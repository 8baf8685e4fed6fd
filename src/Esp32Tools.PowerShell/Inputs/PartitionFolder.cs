using System.IO;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The folders of the units' files.</summary>
internal static class PartitionFolder
{
    /// <summary>The folder of a unit, inside the common folder.</summary>
    /// <param name="folder">The common folder.</param>
    /// <param name="mac">The unit's MAC.</param>
    public static string Of(string folder, string mac) => Path.Combine(folder, mac.Replace(":", string.Empty));

    /// <summary>The manifest that a path names: the file, the one in the folder, or the one in the unit's folder inside it.</summary>
    /// <param name="path">The path that was given.</param>
    /// <param name="mac">The unit's MAC.</param>
    public static string ManifestFor(string path, string mac)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string own = Path.Combine(path, PartitionManifest.FileName);
        string ofUnit = Path.Combine(Of(path, mac), PartitionManifest.FileName);
        return !File.Exists(own) && File.Exists(ofUnit) ? ofUnit : own;
    }
}
