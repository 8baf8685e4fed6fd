using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.PowerShell.Completion;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Write-protects or read-protects fields and blocks permanently.</summary>
[Cmdlet(VerbsCommon.Lock, "Esp32Efuse", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class LockEsp32EfuseCommand : EfuseRequestCmdlet
{
    /// <summary>Names of the fields and blocks.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseNames))]
    public string[] Name { get; set; } = [];

    /// <summary>Kind of protection.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public EfuseProtection[] Protection { get; set; } = [EfuseProtection.Write];

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => Name
        .SelectMany(name => Protection.Distinct().Select(protection => new EfuseProtectionRequest { Name = name, Protection = protection }));
}
