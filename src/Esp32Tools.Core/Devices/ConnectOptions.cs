using System;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Reset;

namespace Esp32Tools.Devices;

/// <summary>How to connect.</summary>
public sealed record ConnectOptions
{
    /// <summary>Rate at which a ROM is spoken to first, unless the rate to work at is lower.</summary>
    public const int InitialBaudRate = 115200;

    /// <summary>Baud rate to work at.</summary>
    public int BaudRate { get; init; } = 460800;

    /// <summary>The chip that is expected; null for whichever it is.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>False to work through the ROM alone.</summary>
    public bool UseStub { get; init; } = true;

    /// <summary>What to do before saying hello.</summary>
    public ConnectReset Before { get; init; }

    /// <summary>A sequence to use in place of the usual ones; null for those.</summary>
    public ResetSequence? ResetSequence { get; init; }

    /// <summary>Resets to try, each followed by up to five syncs.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>Where frames are written down; null for nowhere.</summary>
    public IFrameTrace? Trace { get; init; }

    /// <summary>Told what is going on; null for nobody.</summary>
    public Action<string>? Log { get; init; }
}
