using System;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>
/// Burns a key into eFuse, with its purpose and the protections that go with it. This cannot be undone: it is planned
/// whole first, which WhatIf shows, and asks before it burns.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "Esp32EfuseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PathSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class WriteEsp32EfuseKeyCommand : Esp32DeviceCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string KeySet = "Key";

    private EfuseKey? _key;

    /// <summary>What the key is for, by the vendor's name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeyPurposeCompleter))]
    public string Purpose { get; set; } = string.Empty;

    /// <summary>File that holds the key, and nothing else; a wildcard may name it.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>File that holds the key, as it is spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>The key's bytes. Clearing them afterwards is the caller's business.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public byte[] Key { get; set; } = [];

    /// <summary>Key block; the one that the purpose is bound to, or the first free one, when it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EfuseBlockCompleter))]
    public string? Block { get; set; }

    /// <summary>Leaves a key readable that its purpose would hide.</summary>
    [Parameter]
    public SwitchParameter NoReadProtect { get; set; }

    /// <summary>Leaves the block writable.</summary>
    [Parameter]
    public SwitchParameter NoWriteProtect { get; set; }

    /// <summary>Lifts what a person may know better; never a protection, a key length, or a key that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Overwrites the key.</summary>
    public override void Dispose()
    {
        base.Dispose();
        _key?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = ReadKey());
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        EfuseSnapshot snapshot = EfuseReader.Read(device.Loader, device.Chip, StopToken);
        using EfusePlan plan = EfusePlanner.Plan(snapshot, [Request()], new EfusePlanOptions { Force = Force });
        plan.ThrowIfRefused();
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        // What is so already burns nothing, and needs no leave.
        string description = Describe(device, plan);
        if (plan.IsEmpty || ShouldProcess(description, description, "Burn eFuses: this cannot be undone"))
        {
            int crystalMHz = device.ReadIdentity(StopToken).CrystalMHz;
            EfuseBurnResult result = EfuseBurner.Burn(
                device.Loader, device.Transport.Clock, device.Chip, crystalMHz, plan, StopToken);
            Emit(result with { PortName = device.PortName });
        }
    }

    private static string Describe(Esp32Device device, EfusePlan plan) => string.Join(
        $"{Environment.NewLine}  ",
        plan.Steps.Select(Describe).Prepend($"{device}: burn, for good"));

    private static string Describe(EfusePlanStep step)
    {
        string extent = step.IsDone ? "done already" : step.Bits == 1 ? "1 bit" : $"{step.Bits} bits";
        return $"{step} ({extent}): {step.Reason}";
    }

    private EfuseKeyRequest Request() => new()
    {
        Key = _key!,
        Purpose = Purpose,
        Block = Block,
        ReadProtect = !NoReadProtect,
        WriteProtect = !NoWriteProtect,
    };

    private EfuseKey ReadKey()
    {
        if (ParameterSetName == KeySet)
        {
            return new EfuseKey(Key);
        }

        bool isLiteral = ParameterSetName == LiteralPathSet;
        byte[] bytes = InputFile.Read(Paths.ResolveOne(isLiteral ? LiteralPath : Path, isLiteral));
        try
        {
            return new EfuseKey(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
