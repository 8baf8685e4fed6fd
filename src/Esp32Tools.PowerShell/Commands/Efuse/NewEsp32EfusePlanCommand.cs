using System.Management.Automation;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Makes an empty plan, to which the cmdlets that burn eFuses add.</summary>
[Cmdlet(VerbsCommon.New, "Esp32EfusePlan")]
[OutputType(typeof(Esp32EfusePlan))]
public sealed class NewEsp32EfusePlanCommand : Esp32Cmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new Esp32EfusePlan());
}
