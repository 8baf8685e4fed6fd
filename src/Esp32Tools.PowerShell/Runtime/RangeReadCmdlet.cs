using System;
using System.Management.Automation;
using Esp32Tools.Devices;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that reads a range of something, into an object and, if asked, a file.</summary>
/// <typeparam name="T">What was read.</typeparam>
public abstract class RangeReadCmdlet<T> : Esp32DeviceCmdlet
    where T : class
{
    private readonly OutputClaims _claims = new();

    /// <summary>File to write; none when it is left out.</summary>
    [Parameter(Position = 2)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public virtual SwitchParameter Force { get; set; }

    /// <summary>The file in full; null when there is none.</summary>
    private protected string? TargetFile { get; private set; }

    /// <summary>The range in words, such as <c>0x10 bytes of flash from 0x8000</c>.</summary>
    private protected abstract string Range { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => TargetFile = Path is null ? null : Paths.Resolve(Path));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        if (TargetFile is null)
        {
            Emit(Read(device));
            return;
        }

        _claims.RequireFree(TargetFile, Force);
        if (ShouldProcess(TargetFile, $"Write {Range} of {device}"))
        {
            T? result = null;
            _claims.Write(TargetFile, Force, () => DataOf(result = Read(device)));
            Emit(result!);
        }
    }

    /// <summary>Reads the range.</summary>
    private protected abstract T Read(Esp32Device device, Action<OperationProgress> progress);

    /// <summary>The bytes of what was read.</summary>
    private protected abstract byte[] DataOf(T result);

    private T Read(Esp32Device device)
    {
        using var progress = new DeviceProgress(this, device.ToString());
        return Read(device, progress.Report);
    }
}
