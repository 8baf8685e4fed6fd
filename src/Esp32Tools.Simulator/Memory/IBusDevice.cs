namespace Esp32Tools.Simulator.Memory;

/// <summary>Registers whose reads and writes have effects.</summary>
internal interface IBusDevice
{
    /// <summary>True when the word at the address belongs to this device.</summary>
    bool Owns(uint address);

    uint Read(uint address);

    void Write(uint address, uint value);
}
