using Esp32Tools.Simulator.Boot;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The chip has gone on to the program in its flash, or to the ROM's complaint that there is none.</summary>
internal sealed class ApplicationProgram : IProgram
{
    private readonly ChipMachine _chip;

    public ApplicationProgram(ChipMachine chip) => _chip = chip;

    public bool Listens => false;

    public void Start() => _chip.Send(BootLog.Text(new BootChain(_chip).Run()));

    public void Handle(InputFrame frame)
    {
    }
}
