using System.Management.Automation;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that works on files, one after the other.</summary>
public abstract class FilesCmdlet : Esp32Cmdlet
{
    private protected const string PathSet = FileSource.PathSet;
    private protected const string LiteralPathSet = FileSource.LiteralPathSet;

    /// <summary>The files; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Invocation.ForEachFile(Path, LiteralPath, ProcessFile);

    /// <summary>Works on one file.</summary>
    /// <param name="file">Path of the file system.</param>
    private protected abstract void ProcessFile(string file);
}
