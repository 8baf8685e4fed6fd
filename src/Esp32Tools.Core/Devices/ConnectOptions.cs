using System;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Reset;

namespace Esp32Tools.Devices;

/// <summary>Options of a connection.</summary>
public sealed record ConnectOptions
{
    /// <summary>Baud rate for the first contact with a ROM, unless the working rate is lower.</summary>
    public const int InitialBaudRate = 115200;

    /// <summary>Working baud rate.</summary>
    public int BaudRate { get; init; } = 460800;

    /// <summary>The expected chip; null for any.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>False to work through the ROM, without the stub.</summary>
    public bool UseStub { get; init; } = true;

    /// <summary>The reset before the first sync.</summary>
    public ConnectReset Before { get; init; }

    /// <summary>A reset sequence in place of the usual ones; null for those.</summary>
    public ResetSequence? ResetSequence { get; init; }

    /// <summary>Number of resets to try, each followed by up to five syncs.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>Time for all of it: resets, detection, stub and baud rate.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The trace of all frames; null for none.</summary>
    public IFrameTrace? Trace { get; init; }

    /// <summary>Receives messages about the progress of the connection; null for none.</summary>
    public Action<string>? Log { get; init; }
}
