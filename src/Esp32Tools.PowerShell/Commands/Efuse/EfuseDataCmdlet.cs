using System;
using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A cmdlet that burns bytes, given in a file or directly: on devices at once, or later with the rest of a plan.</summary>
[Lifts(nameof(RefusalCatalog.EfuseBurn))]
public abstract class EfuseDataCmdlet : Esp32DeviceCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string BytesSet = "Bytes";
    private protected const string PlanPathSet = "PlanPath";
    private protected const string PlanLiteralPathSet = "PlanLiteralPath";
    private protected const string PlanBytesSet = "PlanBytes";

    private readonly List<IDisposable> _taken = [];
    private bool _isPiped;

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
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Path { get; set; } = null!;

    /// <summary>File that holds the bytes; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument LiteralPath { get; set; } = null!;

    /// <summary>Plan to add this to, instead of burning it.</summary>
    [Parameter(ParameterSetName = PlanPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanLiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true)]
    [ValidateNotNull]
    public Esp32EfusePlan? Plan { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as KeyReadable.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BytesSet)]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <summary>The bytes to burn.</summary>
    private protected EfuseKey? Content { get; private set; }

    /// <summary>What was given in place of a file, on the command line or with a record of the pipeline.</summary>
    private protected abstract KeyArgument Given { get; }

    /// <summary>The parameter of <see cref="Given"/>.</summary>
    private protected abstract string GivenParameter { get; }

    /// <summary>Overwrites the bytes, unless a plan holds them.</summary>
    public override void Dispose()
    {
        base.Dispose();
        if (Plan is null)
        {
            _taken.ForEach(secret => secret.Dispose());
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        bool isLiteral = IsGiven(nameof(LiteralPath));
        if (isLiteral || IsGiven(nameof(Path)))
        {
            Attempt(() => ReadFile(isLiteral ? LiteralPath : Path, isLiteral));
        }
        else if (IsGiven(GivenParameter))
        {
            Attempt(() => Read(Given));
        }
        else
        {
            _isPiped = true;
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_isPiped)
        {
            bool isRead = false;
            AttemptItem(() =>
            {
                if (ParameterSetName is LiteralPathSet or PlanLiteralPathSet)
                {
                    ReadFile(LiteralPath, isLiteral: true);
                }
                else
                {
                    Read(Given);
                }

                isRead = true;
            });
            if (!isRead)
            {
                return;
            }
        }

        if (Plan is null)
        {
            base.ProcessRecord();
        }
        else
        {
            Attempt(() => Plan.Add([.. GetRequests()]));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        if (EfuseBurning.Run(Invocation, device, GetRequests(), Allowed, extend: null, StopToken) is { } result)
        {
            Emit(result);
        }
    }

    /// <summary>The burn that is requested.</summary>
    private protected abstract IEnumerable<EfuseRequest> GetRequests();

    /// <summary>Takes the bytes to burn; the caller clears them.</summary>
    /// <param name="bytes">The content of the file, or the bytes given instead.</param>
    /// <param name="name">The file's path, for messages.</param>
    private protected virtual void Take(byte[] bytes, string name) => Content = Own(new EfuseKey(bytes));

    /// <summary>Overwrites a secret in the end, unless a plan has it. Work on an earlier device may need it until then.</summary>
    private protected T Own<T>(T secret)
        where T : IDisposable
    {
        _taken.Add(secret);
        return secret;
    }

    private void ReadFile(KeyArgument file, bool isLiteral) =>
        Read(file.Path is null ? file : new KeyArgument(Paths.ResolveOne(file.Path, isLiteral || file.IsLiteral)));

    private void Read(KeyArgument given) => KeyReader.Read(given, Paths, (bytes, path) =>
    {
        Take(bytes, KeyArgument.NameOf(path));
        return true;
    });
}
