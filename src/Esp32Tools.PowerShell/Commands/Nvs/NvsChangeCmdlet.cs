using System.Management.Automation;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>A cmdlet that makes NVS partitions from others.</summary>
public abstract class NvsChangeCmdlet : NvsWriteCmdlet
{
    private protected const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputSet = "InputObject";

    /// <summary>Files of NVS partitions; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SupportsWildcards]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files of NVS partitions; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>An NVS partition: bytes, or the output of New-Esp32Nvs or Read-Esp32Flash.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [NvsTransformation]
    [ValidateNotNull]
    public NvsContent? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            // The result is not the data at the place the bytes were read from.
            Attempt(() => ProcessImage(InputObject!, file: null), isOnlyItem: !MyInvocation.ExpectingInput, InputObject!.ToString());
            return;
        }

        bool isLiteral = ParameterSetName == LiteralPathSet;
        ForEachFile(isLiteral ? LiteralPath : Path, isLiteral, file => ProcessImage(new NvsContent(InputFile.Read(file), file), file));
    }

    /// <summary>Makes another partition from one.</summary>
    /// <param name="source">The partition.</param>
    /// <param name="file">Its file; null when it was given as bytes.</param>
    private protected abstract void ProcessImage(NvsContent source, string? file);
}
