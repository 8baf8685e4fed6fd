using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>A transfer as hosts make it, register by register (protocol.md, section 8).</summary>
internal sealed class SpiThroughRegisters(WireHost host, SpiFacts facts)
{
    public uint Run(byte command, int read = 0, uint? address = null)
    {
        uint user = (1u << 31) | (read > 0 ? 1u << 28 : 0) | (address is not null ? (1u << 30) | (1u << 29) : 0);
        Write(facts.MisoLength, (uint)(read > 0 ? read - 1 : 0));
        Write(facts.User1, (23u << 26) | 7);
        Write(facts.User, user);
        Write(facts.User2, (7u << 28) | command);
        Write(facts.Address, facts.AddressLeftAligned ? (address ?? 0) << 8 : address ?? 0);
        Write(facts.Data, 0);
        Write(facts.Command, 1u << 18);
        return host.ReadRegister(facts.Base + facts.Data);
    }

    private void Write(uint offset, uint value) => host.WriteRegister(facts.Base + offset, value);
}
