using System;
using System.Management.Automation;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A cmdlet that burns bytes, given in a file or directly.</summary>
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
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>File that holds the bytes, and nothing else; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = PlanPathSet, Position = 1, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>File that holds the bytes; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Plan to add this to, instead of burning it.</summary>
    [Parameter(ParameterSetName = PlanPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true)]
    [ValidateNotNull]
    public override Esp32EfusePlan? Plan { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BytesSet)]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public override string[] Force { get; set; } = [];

    /// <summary>The burn that is requested.</summary>
    private protected EfuseKey? Content { get; private set; }

    /// <summary>The bytes that were given instead of a file; null for none.</summary>
    private protected abstract byte[]? GivenBytes { get; }

    /// <summary>Overwrites the bytes, unless a plan holds them.</summary>
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

    /// <summary>Takes the bytes to burn; the caller clears them.</summary>
    /// <param name="bytes">The content of the file, or the bytes given instead.</param>
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
