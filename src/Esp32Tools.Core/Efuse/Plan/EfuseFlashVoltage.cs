namespace Esp32Tools.Efuse.Plan;

/// <summary>Flash supply voltage set by eFuses.</summary>
public enum EfuseFlashVoltage
{
    /// <summary>The regulator is off; the flash is supplied from outside.</summary>
    Off,

    /// <summary>1.8 V.</summary>
    V1_8,

    /// <summary>3.3 V.</summary>
    V3_3,
}
