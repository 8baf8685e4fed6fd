using System.IO;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Results;

/// <summary>A file with its flash address: an image that Write-Esp32Flash takes from the pipeline.</summary>
internal static class PlacedFile
{
    /// <summary>The file, with a property Address.</summary>
    public static PSObject Of(string path, uint address)
    {
        var file = new PSObject(new FileInfo(path));
        file.Properties.Add(new PSNoteProperty("Address", address));
        return file;
    }
}
