namespace Esp32Tools.Simulator.Memory;

/// <summary>Registers that do something when they are read or written.</summary>
internal interface IBusDevice
{
    /// <summary>True when the word at the address is this device's.</summary>
    bool Owns(uint address);

    uint Read(uint address);

    void Write(uint address, uint value);
}
