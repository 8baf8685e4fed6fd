using System.Management.Automation;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that reads the same thing from devices or from files.</summary>
public abstract class Esp32DeviceOrFileCmdlet : Esp32DeviceCmdlet
{
    private protected const string DeviceSet = "Device";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Files to read; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files to read, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads one file.</summary>
    /// <param name="file">Path of the file system.</param>
    protected abstract void ProcessFile(string file);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ReadFiles(Path, isLiteral: false);
                break;
            case LiteralPathSet:
                ReadFiles(LiteralPath, isLiteral: true);
                break;
            default:
                base.ProcessRecord();
                break;
        }
    }

    private void ReadFiles(string[] paths, bool isLiteral)
    {
        foreach (string path in paths)
        {
            Attempt(
                () =>
                {
                    foreach (string file in Paths.ResolveAll(path, isLiteral))
                    {
                        ProcessFile(file);
                    }
                },
                isOnlyItem: paths.Length == 1);
        }
    }
}
