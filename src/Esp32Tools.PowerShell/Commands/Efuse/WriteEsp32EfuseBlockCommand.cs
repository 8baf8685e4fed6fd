using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns bytes into a block as they are: neither reversed nor protected.</summary>
[Cmdlet(VerbsCommunications.Write, "Esp32EfuseBlock", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PathSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class WriteEsp32EfuseBlockCommand : EfuseDataCmdlet
{
    /// <summary>The block, by any of its names.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseBlocks))]
    public string Block { get; set; } = string.Empty;

    /// <summary>The bytes, first byte into the lowest bits.</summary>
    [Parameter(ParameterSetName = BytesSet, Mandatory = true)]
    [Parameter(ParameterSetName = PlanBytesSet, Mandatory = true)]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Data { get; set; } = null!;

    /// <summary>Byte of the block at which the data starts; left out, the data is the whole block.</summary>
    [Parameter]
    [ValidateRange(0, 31)]
    public int Offset { get; set; }

    /// <inheritdoc/>
    private protected override KeyArgument Given => Data;

    /// <inheritdoc/>
    private protected override string GivenParameter => nameof(Data);

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => [new EfuseDataRequest { Block = Block, Data = Content!, Offset = IsGiven(nameof(Offset)) ? Offset : null }];
}
