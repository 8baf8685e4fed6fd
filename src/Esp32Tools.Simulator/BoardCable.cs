using Esp32Tools.Chips;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Lines;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator;

/// <summary>
/// The cable of a board, which carries its power as well. A fault or a command pulls it; a port that was open then is dead, also
/// when the cable is back.
/// </summary>
internal sealed class BoardCable
{
    private static readonly Fault s_byHand = new() { Kind = FaultKind.Unplug, Place = FaultPlace.HostToChip, At = 1 };

    private readonly ChipMachine _machine;
    private readonly NorFlash _flash;
    private readonly ResetCircuit _circuit;

    /// <param name="machine">The chip.</param>
    /// <param name="flash">Its flash.</param>
    /// <param name="circuit">The circuit between the modem lines and the chip.</param>
    public BoardCable(ChipMachine machine, NorFlash flash, ResetCircuit circuit)
    {
        _machine = machine;
        _flash = flash;
        _circuit = circuit;
    }

    /// <summary>True while it is in.</summary>
    public bool IsIn => _machine.Link.Unplugged is null;

    /// <summary>True while the board has power.</summary>
    public bool HasPower { get; private set; } = true;

    /// <summary>A number that changes each time it is pulled.</summary>
    public int Pulls { get; private set; }

    /// <summary>Switches the power off if a fault has pulled the cable.</summary>
    /// <param name="now">Time, in ticks.</param>
    public void Notice(long now)
    {
        if (IsIn || !HasPower)
        {
            return;
        }

        HasPower = false;
        Pulls++;
        _circuit.Release();
        _machine.Stop(now);
    }

    /// <summary>Pulls it by command.</summary>
    /// <param name="now">Time, in ticks.</param>
    public void Pull(long now)
    {
        _machine.Link.Unplug(s_byHand);
        Notice(now);
    }

    /// <summary>Puts it back if a fault that allows it has pulled it.</summary>
    /// <param name="now">Time, in ticks.</param>
    /// <param name="port">Name of the port.</param>
    /// <exception cref="Errors.TransportException"><see cref="Errors.ErrorCode.PortNotFound"/>: it is out.</exception>
    public void PutBackIfAllowed(long now, string port)
    {
        if (_machine.Link.Unplugged is { Replug: false } fault)
        {
            throw fault == s_byHand ? BoardErrors.CablePulled(port) : BoardErrors.CableOut(port);
        }

        PutBack(now);
    }

    /// <summary>Puts it back; the chip starts anew. Does nothing while it is in.</summary>
    /// <param name="now">Time, in ticks.</param>
    public void PutBack(long now)
    {
        if (IsIn)
        {
            return;
        }

        _machine.Link.Plug();
        HasPower = true;
        _flash.PowerUp();
        _machine.Reset(now, ResetReason.PowerOn);
        _machine.Link.HostCloses();
    }
}
