using System;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Lines;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator;

/// <summary>
/// What happens on a board as time passes: the reset pin rises, the chip does its work, and the modem lines of the host reach
/// both. Nothing happens by itself; a caller brings the board up to the present.
/// </summary>
internal sealed class BoardEvents
{
    private readonly BoardClock _clock;
    private readonly ChipMachine _machine;
    private readonly ResetCircuit _circuit;
    private readonly BoardCable _cable;

    /// <param name="clock">The board's time.</param>
    /// <param name="machine">The chip.</param>
    /// <param name="circuit">The circuit between the modem lines and the chip.</param>
    /// <param name="cable">The cable, which carries the power.</param>
    public BoardEvents(BoardClock clock, ChipMachine machine, ResetCircuit circuit, BoardCable cable)
    {
        _clock = clock;
        _machine = machine;
        _circuit = circuit;
        _cable = cable;
    }

    /// <summary>The time of the next event, in ticks; <see cref="long.MaxValue"/> for never.</summary>
    public long Next => Math.Min(_circuit.RiseDue, _machine.NextEvent);

    /// <summary>Brings the board up to the present.</summary>
    public void Advance()
    {
        long now = _clock.Now;
        while (Next <= now)
        {
            if (_circuit.RiseDue <= _machine.NextEvent)
            {
                long due = _circuit.RiseDue;
                _circuit.Rise();
                _machine.Reset(due, ResetReason.PowerOn);
            }
            else
            {
                _machine.Step();
            }
        }

        _cable.Notice(now);
    }

    /// <summary>Sets the modem lines.</summary>
    /// <param name="dataTerminalReady">True for DTR asserted.</param>
    /// <param name="requestToSend">True for RTS asserted.</param>
    /// <param name="rise">Rise time of the reset pin.</param>
    public void SetLines(bool dataTerminalReady, bool requestToSend, TimeSpan rise)
    {
        Advance();
        switch (_cable.HasPower ? _circuit.Set(_clock.Now, dataTerminalReady, requestToSend, rise) : LineEffect.None)
        {
            case LineEffect.Hold:
                _machine.Stop(_clock.Now);
                break;
            case LineEffect.Restart:
                _machine.Reset(_clock.Now, ResetReason.Usb);
                break;
        }
    }

    /// <summary>Ends a reset that has begun. Without a host no virtual time passes, and the chip must not stay in reset for ever.</summary>
    public void FinishReset()
    {
        if (_circuit.RiseDue != long.MaxValue && _clock.SkipTo(_circuit.RiseDue))
        {
            Advance();
        }
    }

    /// <summary>Switches the power off and on again.</summary>
    public void PowerCycle()
    {
        if (_circuit.HoldsReset)
        {
            _machine.Stop(_clock.Now);
        }
        else
        {
            _machine.Reset(_clock.Now, ResetReason.PowerOn);
        }
    }
}
