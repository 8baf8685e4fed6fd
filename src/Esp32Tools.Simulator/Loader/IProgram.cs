using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>A program of the chip's processor: the ROM loader, a stub, an application, or none.</summary>
internal interface IProgram
{
    /// <summary>True when it takes frames from the UART.</summary>
    bool Listens { get; }

    /// <summary>Starts, at the chip's current time.</summary>
    void Start();

    /// <summary>Handles a frame that has arrived; the processor is free for it.</summary>
    void Handle(InputFrame frame);
}
