using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>What the chip's processor runs: the ROM loader, a stub, an application, or nothing any more.</summary>
internal interface IProgram
{
    /// <summary>True when it takes frames from the UART.</summary>
    bool Listens { get; }

    /// <summary>Begins; the chip's time is the moment it does.</summary>
    void Start();

    /// <summary>A frame arrived and the processor is free for it.</summary>
    void Handle(InputFrame frame);
}
