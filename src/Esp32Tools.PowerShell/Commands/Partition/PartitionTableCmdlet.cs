using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>A cmdlet that takes one partition table, in any form, and checks its rules.</summary>
public abstract class PartitionTableCmdlet : Esp32Cmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string V1 = "V1";
    private const string V2 = "V2";

    private readonly PartitionTableInput _input = new();

    /// <summary>Partitions as objects or hashtables, lines of CSV, the bytes of a table, the result of a flash read, or a file.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>The file; its contents tell whether it is binary or CSV.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Flash address of the table.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>Size of the flash, such as 4MB: no partition may end past it. Not checked when it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashCapacities))]
    [NumberTransformation]
    public uint FlashSize { get; set; }

    /// <summary>Version of secure boot that the applications are signed for: V1 needs their sizes in steps of 64 KB.</summary>
    [Parameter]
    [ValidateSet(V1, V2, IgnoreCase = true)]
    public string? SecureBoot { get; set; }

    /// <summary>The chip, which gives the address of the bootloader for a table that lists it as a partition.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string? Chip { get; set; }

    /// <summary>Flash address of the bootloader, where it differs from the chip's.</summary>
    [Parameter]
    [NumberTransformation]
    public uint PrimaryBootloaderOffset { get; set; }

    /// <summary>Flash address of the recovery bootloader.</summary>
    [Parameter]
    [NumberTransformation]
    public uint RecoveryBootloaderOffset { get; set; }

    /// <summary>The project's own subtypes, each as 'type, name, number'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ExtraSubType { get; set; } = [];

    /// <summary>Does not check the rules of a table.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>The surroundings of the table that its rules depend on.</summary>
    private protected PartitionTableOptions Options { get; private set; } = new();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            Options = new PartitionTableOptions
            {
                TableOffset = TableOffset,
                FlashSize = Given(nameof(FlashSize), FlashSize),
                SecureBootV1 = string.Equals(SecureBoot, V1, StringComparison.OrdinalIgnoreCase),
                PrimaryBootloaderOffset = Given(nameof(PrimaryBootloaderOffset), PrimaryBootloaderOffset)
                    ?? (Chip is null ? null : ChipCatalog.ByName(Chip).Image.BootloaderOffset),
                RecoveryBootloaderOffset = Given(nameof(RecoveryBootloaderOffset), RecoveryBootloaderOffset),
                ExtraSubTypes = ExtraSubType.Select(SubType).ToArray(),
            };
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(() =>
    {
        foreach (object item in InputObject)
        {
            _input.Add(item, StopToken);
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string? file = ParameterSetName switch
        {
            PathSet => Path,
            LiteralPathSet => LiteralPath,
            _ => null,
        };
        AttemptItem(() => TakeTable(file), file);
    }

    private void TakeTable(string? file)
    {
        if (file is not null)
        {
            _input.AddFile(Paths.ResolveOne(file, ParameterSetName == LiteralPathSet), StopToken);
        }

        if (_input.IsEmpty)
        {
            throw new InputException(ErrorCode.PartitionTableMissing, "There is no partition in the input.", "Give partitions, lines of CSV, bytes, or a file that is not empty.");
        }

        PartitionTable table = _input.ToTable(Options);
        foreach (string warning in table.Warnings.Append(table.Emptiness).OfType<string>())
        {
            WriteWarning(warning);
        }

        if (!NoVerify)
        {
            table.EnsureValid(Options);
        }

        ProcessTable(table);
    }

    /// <summary>Works with the table.</summary>
    private protected abstract void ProcessTable(PartitionTable table);

    private static PartitionSubType SubType(string text)
    {
        string[] parts = [.. text.Split(',').Select(part => part.Trim())];
        return parts.Length == 3 && parts[1].Length > 0 && NumberText.TryParse(parts[2], out uint number) && number <= byte.MaxValue
            ? new PartitionSubType(PartitionNames.Default.ParseType(parts[0]), parts[1], (byte)number)
            : throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"'{text}' is not a subtype.", "Give its type, its name and its number, as in 'data, settings, 0x40'.")
            { Target = text };
    }

    private uint? Given(string parameter, uint value) => IsGiven(parameter) ? value : null;
}
