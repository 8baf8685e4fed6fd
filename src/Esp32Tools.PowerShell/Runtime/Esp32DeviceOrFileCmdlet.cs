using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that reads the same thing from devices or from files.</summary>
public abstract class Esp32DeviceOrFileCmdlet : Esp32DeviceCmdlet
{
    private protected const string PathSet = FileSource.PathSet;
    private protected const string LiteralPathSet = FileSource.LiteralPathSet;

    /// <inheritdoc/>
    [Parameter(ParameterSetName = DeviceSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Files to read; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files to read, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads one file.</summary>
    /// <param name="file">Path of the file system.</param>
    protected abstract void ProcessFile(string file);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            Invocation.ForEachFile(Path, LiteralPath, ProcessFile);
        }
        else
        {
            base.ProcessRecord();
        }
    }
}
