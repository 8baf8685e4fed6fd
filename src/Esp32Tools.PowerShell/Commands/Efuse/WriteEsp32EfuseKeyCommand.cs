using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>
/// Burns a key into eFuse, with its purpose and the protections that go with it. This cannot be undone: it first
/// makes the whole plan, which WhatIf shows, and asks before it burns.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "Esp32EfuseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PathSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class WriteEsp32EfuseKeyCommand : EfuseDataCmdlet
{
    private EfuseSigningKey? _signingKey;

    /// <summary>Purpose of the key, by the vendor's name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.KeyPurposes))]
    public string Purpose { get; set; } = string.Empty;

    /// <summary>The key: its bytes, its file, text in PEM form, a SecureString, or an object of this module that has one.</summary>
    [Parameter(ParameterSetName = BytesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("KeyPath")]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Key { get; set; } = null!;

    /// <summary>Key block; the one that the purpose is bound to, or the first free one, when it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseBlocks))]
    public string? Block { get; set; }

    /// <summary>Passphrase of the private key in a PEM file.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Leaves a key readable that its purpose would hide.</summary>
    [Parameter]
    public SwitchParameter NoReadProtect { get; set; }

    /// <summary>Leaves the block writable.</summary>
    [Parameter]
    public SwitchParameter NoWriteProtect { get; set; }

    /// <summary>Leaves a key alone that the chip has for this purpose already, hidden.</summary>
    [Parameter]
    public SwitchParameter SkipExisting { get; set; }

    /// <inheritdoc/>
    private protected override KeyArgument Given => Key;

    /// <inheritdoc/>
    private protected override string GivenParameter => nameof(Key);

    // A signing key is recognized by the content of the file, not by its name.
    private protected override void Take(byte[] bytes, string name)
    {
        if (EfuseSigningKey.IsPem(bytes))
        {
            _signingKey = Own(EfuseSigningKey.FromPem(bytes, name, Passphrase, StopToken));
        }
        else
        {
            _signingKey = null;
            base.Take(bytes, name);
        }
    }

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() =>
    [
        (_signingKey is { } key ? new EfuseSigningKeyRequest { Key = key } : (EfuseKeyPlacement)new EfuseKeyRequest { Key = Content! }) with
        {
            Purpose = Purpose,
            Block = Block,
            ReadProtect = !NoReadProtect,
            WriteProtect = !NoWriteProtect,
            SkipExisting = SkipExisting,
        },
    ];
}
