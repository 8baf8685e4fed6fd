using System;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>A cmdlet that makes NVS partitions from others, in memory or in files, plain or encrypted.</summary>
public abstract class NvsChangeCmdlet : Esp32Cmdlet, IDisposable
{
    private protected const string PathSet = FileSource.PathSet;
    private const string LiteralPathSet = FileSource.LiteralPathSet;
    private const string InputSet = "InputObject";

    private readonly NvsOutput _output;

    private protected NvsChangeCmdlet() => _output = new NvsOutput(this);

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

    /// <summary>The key: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>The HMAC key that the key is derived from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>The file to write, or an existing folder; none to get the bytes alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The key; null for none.</summary>
    private protected NvsKey? NvsKey { get; private set; }

    /// <summary>True for a cmdlet that does nothing without a key.</summary>
    private protected virtual bool NeedsKey => false;

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => NvsKey?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => NvsKey = NvsKeyReader.Read(Key, HmacKey, Paths)
            ?? (NeedsKey ? throw new Esp32Exception(ErrorCode.SettingsConflict, "There is no key.", "Give a key, or the HMAC key to derive one from.") : null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            // The result is not the data at the place the bytes were read from.
            AttemptItem(() => ProcessImage(InputObject!, file: null), InputObject!.ToString());
            return;
        }

        Invocation.ForEachFile(Path, LiteralPath, file => ProcessImage(new NvsContent(InputFile.Read(file, StopToken), file), file));
    }

    /// <summary>Makes another partition from one.</summary>
    /// <param name="source">The partition.</param>
    /// <param name="file">Its file; null when it was given as bytes.</param>
    private protected abstract void ProcessImage(NvsContent source, string? file);

    /// <summary>The file to write; null for none.</summary>
    /// <param name="file">The file that the partition comes from, which gives the name in a folder; null for none.</param>
    private protected OutputPlace? TargetOf(string? file) =>
        Destination is null ? null
        : file is null ? new OutputPlace(Paths.Resolve(Destination), IsInNewFolder: false)
        : Paths.ResolveInto(Destination, System.IO.Path.GetFileName(file));

    /// <inheritdoc cref="NvsOutput.Give"/>
    private protected void Give(OutputPlace? target, bool isChanged, string action, byte[] bytes, NvsKey? key) =>
        _output.Give(target, Force, isChanged, action, bytes, key);
}
