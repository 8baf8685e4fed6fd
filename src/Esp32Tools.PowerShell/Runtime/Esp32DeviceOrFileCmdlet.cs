using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A cmdlet that reads the same thing from devices or from files. Text by position or through the pipeline is either: see
/// <see cref="PortText"/>.
/// </summary>
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
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
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
            ProcessDevicesAndFiles();
        }
    }

    /// <summary>The parameter that a file needs besides; null for none.</summary>
    private protected virtual string? NeededForFiles => null;

    /// <summary>Refuses a call that lacks something for devices, before the first one is opened.</summary>
    private protected virtual void CheckDevices()
    {
    }

    private void ProcessDevicesAndFiles()
    {
        ILookup<bool, DeviceArgument> given = Device.ToLookup(device => device.Session is null && device.Refusal is null && PortText.IsFile(device.PortName, Paths));
        string[] files = [.. given[true].Select(device => device.PortName)];
        if (NeededForFiles is { } needed)
        {
            foreach (string file in files)
            {
                AttemptItem(() => throw NotAlone(file, needed), file);
            }
        }
        else
        {
            FileSource.Walk(files, isLiteral: false, Paths, AttemptItem, ProcessFile);
        }

        if (given[false].Any())
        {
            CheckDevices();
            Device = [.. given[false]];
            base.ProcessRecord();
        }
    }

    private static InputException NotAlone(string file, string needed) => new(
        ErrorCode.SettingsConflict, $"'{file}' is a file, and a file needs -{needed}.", $"Give -{needed} with it.")
    { Target = file };
}
