using System;
using System.Management.Automation;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A cmdlet that burns bytes, which are in a file or given as they are.</summary>
public abstract class EfuseDataCmdlet : EfuseRequestCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string BytesSet = "Bytes";
    private protected const string PlanPathSet = "PlanPath";
    private protected const string PlanLiteralPathSet = "PlanLiteralPath";
    private protected const string PlanBytesSet = "PlanBytes";

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = BytesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>File that holds the bytes, and nothing else; a wildcard may name it.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = PlanPathSet, Position = 1, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>File that holds the bytes, as it is spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Plan to add this to, in place of burning it.</summary>
    [Parameter(ParameterSetName = PlanPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true)]
    [ValidateNotNull]
    public override Esp32EfusePlan? Plan { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BytesSet)]
    [ArgumentCompleter(typeof(EfuseRefusalCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[] Force { get; set; } = [];

    /// <summary>What is to be burned.</summary>
    private protected EfuseKey? Content { get; private set; }

    /// <summary>The bytes that were given in place of a file; null when there were none.</summary>
    private protected abstract byte[]? GivenBytes { get; }

    /// <summary>Overwrites the bytes, unless a plan has them now.</summary>
    public override void Dispose()
    {
        base.Dispose();
        if (Plan is null)
        {
            Content?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            if (GivenBytes is { } bytes)
            {
                Take(bytes, "the key that was given");
            }
            else
            {
                ReadFile();
            }
        });
    }

    /// <summary>Takes what is to be burned; the caller clears the bytes.</summary>
    /// <param name="bytes">What is in the file, or what was given in its place.</param>
    /// <param name="name">The file's path, for messages.</param>
    private protected virtual void Take(byte[] bytes, string name) => Content = new EfuseKey(bytes);

    private void ReadFile()
    {
        bool isLiteral = IsGiven(nameof(LiteralPath));
        string path = Paths.ResolveOne(isLiteral ? LiteralPath : Path, isLiteral);
        byte[] bytes = InputFile.Read(path);
        try
        {
            Take(bytes, path);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
