using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using Esp32Tools.Devices;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>Appends the lines of one session's trace to a file at every flush.</summary>
internal sealed class TraceFileWriter(LineFile file) : StringWriter(CultureInfo.InvariantCulture)
{
    /// <summary>The kind of file, for messages.</summary>
    public const string Kind = "trace file";

    private static readonly ConditionalWeakTable<Esp32Device, LineFile> s_ofSessions = new();

    /// <summary>Remembers the trace file of a session, for <see cref="Tell"/>.</summary>
    public void BelongTo(Esp32Device session) => s_ofSessions.Add(session, file);

    /// <summary>Warns, once for each session, when lines could not be written to its trace file.</summary>
    /// <param name="session">The session.</param>
    /// <param name="warn">Receives the warning.</param>
    public static void Tell(Esp32Device session, Action<string> warn)
    {
        if (s_ofSessions.TryGetValue(session, out LineFile? its))
        {
            its.Tell(warn);
        }
    }

    /// <inheritdoc cref="LineFile.Append"/>
    public override void Flush()
    {
        string lines = GetStringBuilder().ToString();
        GetStringBuilder().Clear();
        file.Append(lines);
    }
}
