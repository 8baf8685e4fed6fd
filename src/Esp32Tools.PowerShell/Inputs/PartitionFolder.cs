using System.IO;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>How the files of units lie in folders.</summary>
internal static class PartitionFolder
{
    /// <summary>The folder of a unit below that of all.</summary>
    /// <param name="folder">The folder of all.</param>
    /// <param name="mac">The unit's MAC.</param>
    public static string Of(string folder, string mac) => Path.Combine(folder, mac.Replace(":", string.Empty));

    /// <summary>The manifest that somebody means: the file, the one in the folder, or that of the unit below it.</summary>
    /// <param name="path">What was given.</param>
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
