using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>The circuit between the two modem lines of a port and the chip.</summary>
internal abstract class ResetCircuit
{
    /// <summary>True while the boot pin is pulled low.</summary>
    public virtual bool PullsBootPin => false;

    /// <summary>True when the last restart had to end in the loader, regardless of the boot pin.</summary>
    public virtual bool AsksForLoader => false;

    /// <summary>True while the chip is held in reset: pin low, or still rising.</summary>
    public virtual bool HoldsReset => false;

    /// <summary>The time at which the reset pin is up, in ticks; <see cref="long.MaxValue"/> when it is not rising.</summary>
    public virtual long RiseDue => long.MaxValue;

    /// <summary>Makes the circuit of a board.</summary>
    /// <param name="options">The board's connection and wiring.</param>
    /// <param name="isLoader">Tells whether a loader runs on the chip.</param>
    public static ResetCircuit For(SimulatorOptions options, Func<bool> isLoader) => (options.Connection, options.ResetWiring) switch
    {
        (BoardConnection.UsbSerialJtag, _) => new SerialJtagCircuit(),
        (BoardConnection.UsbOtg, _) => new OtgCircuit(isLoader),
        (_, ResetWiring.ResetOnly) => new ResetOnlyCircuit(),
        (_, ResetWiring.None) => new NoCircuit(),
        _ => new BridgeCircuit(),
    };

    /// <summary>Applies new states of the lines.</summary>
    /// <param name="now">Time, in ticks.</param>
    /// <param name="dataTerminalReady">DTR asserted.</param>
    /// <param name="requestToSend">RTS asserted.</param>
    /// <param name="rise">Rise time of the reset pin.</param>
    public abstract LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise);

    /// <summary>The reset pin is up.</summary>
    public virtual void Rise()
    {
    }

    /// <summary>The lines and the power behind them are gone.</summary>
    public virtual void Release()
    {
    }
}
