using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns the voltage of the flash supply, so that a strapping pin no longer decides on it.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32FlashVoltage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class SetEsp32FlashVoltageCommand : EfuseRequestCmdlet
{
    /// <summary>The voltage: <c>1.8V</c>, <c>3.3V</c>, with or without the unit, or <c>Off</c>. As text, since no name of an enumeration begins with a digit.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseVoltages))]
    public string Voltage { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _ = GetRequests());
    }

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => [new EfuseVoltageRequest { Voltage = Parse(Voltage) }];

    private static EfuseFlashVoltage Parse(string text) => text.Trim().TrimEnd('v', 'V').TrimEnd().ToUpperInvariant() switch
    {
        "1.8" => EfuseFlashVoltage.V1_8,
        "3.3" => EfuseFlashVoltage.V3_3,
        "OFF" => EfuseFlashVoltage.Off,
        _ => throw new EfuseException(ErrorCode.EfuseValueInvalid, $"'{text}' is not a flash voltage.", "Choose 1.8V, 3.3V or Off.") { Target = text },
    };
}
