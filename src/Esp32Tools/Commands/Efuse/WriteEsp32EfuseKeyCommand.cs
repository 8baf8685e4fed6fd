using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Efuse;
using Esp32Tools.PowerShell.Completion;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>
/// Burns a key into eFuse, with its purpose and the protections that go with it. This cannot be undone: it is planned
/// whole first, which WhatIf shows, and asks before it burns.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "Esp32EfuseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PathSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class WriteEsp32EfuseKeyCommand : EfuseDataCmdlet
{
    /// <summary>What the key is for, by the vendor's name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeyPurposeCompleter))]
    public string Purpose { get; set; } = string.Empty;

    /// <summary>The key's bytes. Clearing them afterwards is the caller's business.</summary>
    [Parameter(ParameterSetName = BytesSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true)]
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

    /// <inheritdoc/>
    private protected override byte[]? GivenBytes => IsGiven(nameof(Key)) ? Key : null;

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() =>
    [
        new EfuseKeyRequest
        {
            Key = Content!,
            Purpose = Purpose,
            Block = Block,
            ReadProtect = !NoReadProtect,
            WriteProtect = !NoWriteProtect,
        },
    ];
}
