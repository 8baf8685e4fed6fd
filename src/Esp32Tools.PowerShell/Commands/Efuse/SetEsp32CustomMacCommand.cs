using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns a custom MAC address, with the other fields that the chip needs for it.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32CustomMac", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class SetEsp32CustomMacCommand : EfuseRequestCmdlet
{
    /// <summary>The address: six octets with colons or dashes, unicast. A column of a table may give one for each port.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Mac")]
    [ValidateNotNullOrEmpty]
    public string MacAddress { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => [new EfuseMacRequest { Address = MacAddress.Trim().Replace('-', ':') }];
}
