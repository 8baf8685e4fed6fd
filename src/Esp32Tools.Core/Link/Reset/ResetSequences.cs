using System.Collections.Generic;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Link.Reset;

/// <summary>The sequences in common use, and the order in which a connection tries them (protocol.md, section 6).</summary>
public static class ResetSequences
{
    /// <summary>Into the loader, one line at a time.</summary>
    public static ResetSequence Classic { get; } = ResetSequence.Parse("D0|R1|W0.1|D1|R0|W0.05|D0", "classic");

    /// <summary>As <see cref="Classic"/>, for boards with a large capacitor on the reset pin.</summary>
    public static ResetSequence ClassicSlow { get; } = ResetSequence.Parse("D0|R1|W0.1|D1|R0|W0.55|D0", "classic, slow");

    /// <summary>Into the loader, both lines at once, so that the boot pin is low at the edge of the reset.</summary>
    public static ResetSequence Tight { get; } = ResetSequence.Parse("U0,0|U1,1|U0,1|W0.1|U1,0|W0.05|U0,0|D0", "tight");

    /// <summary>As <see cref="Tight"/>, for boards with a large capacitor on the reset pin.</summary>
    public static ResetSequence TightSlow { get; } = ResetSequence.Parse("U0,0|U1,1|U0,1|W0.1|U1,0|W0.55|U0,0|D0", "tight, slow");

    /// <summary>Into the loader through the chip's own USB-Serial-JTAG port, which reads the order of the changes.</summary>
    public static ResetSequence UsbSerialJtag { get; } = ResetSequence.Parse("R0|D0|W0.1|D1|R0|W0.1|R1|D0|R1|W0.1|D0|R0", "USB-Serial-JTAG");

    /// <summary>Into the loader through a CP2102C, which takes a released DTR for flow control.</summary>
    public static ResetSequence FlowControlBridge { get; } = ResetSequence.Parse("D0|R1|W0.1|D1|R0|W0.05", "CP2102C");

    /// <summary>As <see cref="FlowControlBridge"/>, for boards with a large capacitor on the reset pin.</summary>
    public static ResetSequence FlowControlBridgeSlow { get; } = ResetSequence.Parse("D0|R1|W0.1|D1|R0|W0.55", "CP2102C, slow");

    /// <summary>Into the application through a CP2102C.</summary>
    public static ResetSequence HardResetFlowControlBridge { get; } = ResetSequence.Parse("D0|R1|W0.1|D1|W0.1|R0", "hard reset, CP2102C");

    /// <summary>Into the application.</summary>
    public static ResetSequence HardReset { get; } = ResetSequence.Parse("D0|R1|W0.1|R0", "hard reset");

    /// <summary>Into the application on a port that the chip itself provides, which needs time to come back.</summary>
    public static ResetSequence HardResetUsb { get; } = ResetSequence.Parse("D0|R1|W0.2|R0|W0.2", "hard reset over USB");

    /// <summary>The sequences to try on a port, in this order, repeatedly.</summary>
    public static IReadOnlyList<ResetSequence> IntoLoader(TransportTraits traits)
    {
        if (traits.IsUsbSerialJtag)
        {
            return [UsbSerialJtag];
        }

        if (traits.IsFlowControlBridge)
        {
            return [FlowControlBridge, FlowControlBridgeSlow];
        }

        return traits.SetsLinesTogether
            ? [Tight, TightSlow, Classic, ClassicSlow]
            : [Classic, ClassicSlow];
    }

    /// <summary>The sequence into the application on a port.</summary>
    public static ResetSequence IntoApplication(TransportTraits traits) =>
        traits.IsChipUsb ? HardResetUsb
        : traits.IsFlowControlBridge ? HardResetFlowControlBridge
        : HardReset;
}
