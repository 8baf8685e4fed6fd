using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The sessions of this process, by the names of their ports. It holds them weakly: a session that no variable holds is
/// collected, and its port is free then. Every runspace sees the same ones.
/// </summary>
internal static class OpenSessions
{
    private static readonly object s_gate = new();
    private static readonly List<SessionEntry> s_entries = [];
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal);

    /// <summary>The sessions that are open now, oldest first.</summary>
    public static IReadOnlyList<SessionEntry> List()
    {
        lock (s_gate)
        {
            return Live();
        }
    }

    /// <summary>Remembers a session.</summary>
    public static void Add(Esp32Device session)
    {
        lock (s_gate)
        {
            EntryOf(session);
        }
    }

    /// <summary>The open session with a port; null when there is none.</summary>
    public static Esp32Device? Find(string portName)
    {
        lock (s_gate)
        {
            return Live().Select(entry => entry.Session).FirstOrDefault(session => session is not null && IsSame(session.PortName, portName));
        }
    }

    /// <summary>True for a port with which there is or was a session.</summary>
    public static bool HasHad(string portName)
    {
        lock (s_gate)
        {
            return s_known.Contains(NameOf(portName));
        }
    }

    /// <summary>Closes the session whose port a failure reports as lost.</summary>
    public static void Notice(Esp32Exception failure)
    {
        if (failure is { Code: ErrorCode.PortLost, Target: string portName })
        {
            Find(portName)?.Lose();
        }
    }

    /// <summary>Takes a session for work. One owner may take it several times: a pipeline works on it in nested steps.</summary>
    /// <param name="session">The session.</param>
    /// <param name="owner">The runspace.</param>
    /// <returns>The use; its disposal gives the session back.</returns>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortInUse"/>: another runspace works on it.</exception>
    public static IDisposable Use(Esp32Device session, object owner)
    {
        lock (s_gate)
        {
            SessionEntry entry = EntryOf(session);
            return entry.TryTake(owner, s_gate) ?? throw new TransportException(
                ErrorCode.PortInUse,
                $"The session with {session.PortName} is in use in another runspace.",
                "Let one runspace at a time work on a session, or give each its own boards.")
            { Target = session.PortName };
        }
    }

    private static SessionEntry EntryOf(Esp32Device session)
    {
        SessionEntry? entry = s_entries.Find(known => ReferenceEquals(known.Session, session));
        if (entry is null)
        {
            entry = new SessionEntry(session);
            s_entries.Add(entry);
            s_known.Add(NameOf(session.PortName));
        }

        return entry;
    }

    private static SessionEntry[] Live()
    {
        s_entries.RemoveAll(entry => entry.Session is not { IsClosed: false } && !entry.IsInUse);
        return [.. s_entries.Where(entry => entry.Session is { IsClosed: false })];
    }

    private static bool IsSame(string left, string right) => NameOf(left) == NameOf(right);

    // A path of Unix may differ from another one in case alone; every other name of a port may not.
    private static string NameOf(string portName) => portName.StartsWith("/", StringComparison.Ordinal) ? portName : portName.ToUpperInvariant();
}
