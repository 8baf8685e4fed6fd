using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that reads a range of addresses into an object and, on request, a file.</summary>
/// <typeparam name="T">The result.</typeparam>
public abstract class RangeReadCmdlet<T> : Esp32DeviceCmdlet
    where T : class
{
    private readonly OutputClaims _claims = new();

    /// <summary>File to write; none when it is left out.</summary>
    [Parameter(Position = 2)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Full path of the file; null when there is none.</summary>
    private protected string? TargetFile { get; private set; }

    /// <summary>True to replace a file that exists.</summary>
    private protected abstract bool ReplacesFile { get; }

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

        RequireFree(() => _claims.RequireFree(TargetFile, ReplacesFile));
        if (ShouldProcess(TargetFile, $"Write {Range} of {device}"))
        {
            T? result = null;
            _claims.Write(TargetFile, ReplacesFile, () => DataOf(result = Read(device)));
            Emit(result!);
        }
    }

    /// <summary>Checks that the file may be written; an override may make a failure a refusal that can be lifted.</summary>
    private protected virtual void RequireFree(Action check) => check();

    /// <summary>Reads the range.</summary>
    private protected abstract T Read(Esp32Device device, Action<OperationProgress> progress);

    /// <summary>The bytes of the result.</summary>
    private protected abstract byte[] DataOf(T result);

    private T Read(Esp32Device device)
    {
        using var progress = new ActivityProgress(this, device.ToString());
        return Read(device, progress.Report);
    }
}
