using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>A processor that is stopped until the next reset.</summary>
internal sealed class HaltedProgram : IProgram
{
    public bool Listens => false;

    public void Start()
    {
    }

    public void Handle(InputFrame frame)
    {
    }
}
