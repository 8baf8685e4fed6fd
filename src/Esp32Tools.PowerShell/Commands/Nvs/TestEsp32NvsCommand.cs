using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Checks NVS partitions and reports their errors.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Esp32Nvs", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NvsTestResult))]
public sealed class TestEsp32NvsCommand : NvsReadCmdlet
{
    private protected override void ProcessImage(NvsImage image, NvsContent source) =>
        Emit(NvsTestResult.Of(image) with { PortName = source.PortName, Path = source.Path });
}
