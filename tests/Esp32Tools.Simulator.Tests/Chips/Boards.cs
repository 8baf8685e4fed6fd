using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>Boards that are ready to talk to.</summary>
internal static class Boards
{
    public static Esp32Simulator InLoader(string chip = "esp32", SimulatorOptions? like = null) =>
        new((like ?? new SimulatorOptions { Chip = chip }) with { Chip = chip, BootsIntoLoader = true });

    /// <summary>A host that has said hello to the ROM and connected the flash.</summary>
    public static WireHost Synced(Esp32Simulator board)
    {
        var host = new WireHost(board);
        host.Receive();
        host.Sync();
        host.Ask(0x0D, 0, 0);
        host.Ask(0x0B, 0, (uint)board.FlashPart.Size, 0x10000, 0x1000, 0x100, 0xFFFF);
        return host;
    }

    /// <summary>A host that talks to a stub.</summary>
    public static WireHost InStub(Esp32Simulator board)
    {
        WireHost host = Synced(board);
        host.StartStub(StubAddress(board.GetChip()));
        return host;
    }

    public static uint StubAddress(ChipDefinition chip) => chip.MemoryMap.First(region => region.Name == "IRAM").Start;
}
