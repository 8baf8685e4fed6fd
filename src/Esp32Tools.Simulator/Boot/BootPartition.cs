namespace Esp32Tools.Simulator.Boot;

/// <summary>An entry of the partition table.</summary>
/// <param name="Type">Type: 0 application, 1 data.</param>
/// <param name="SubType">Kind within the type.</param>
/// <param name="Offset">Address in flash.</param>
/// <param name="Size">Size, in bytes.</param>
internal readonly record struct BootPartition(byte Type, byte SubType, uint Offset, uint Size)
{
    private const byte FirstSlot = 0x10;
    private const byte LastSlot = 0x1F;

    public bool IsFactory => Type == 0 && SubType == 0;

    /// <summary>Number of the OTA slot; null for another partition.</summary>
    public int? Slot => Type == 0 && SubType is >= FirstSlot and <= LastSlot ? SubType - FirstSlot : null;

    /// <summary>True for the partition that says which slot boots.</summary>
    public bool IsOtaData => Type == 1 && SubType == 0;
}
