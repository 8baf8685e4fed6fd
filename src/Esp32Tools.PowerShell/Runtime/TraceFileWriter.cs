using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Appends to a file at every flush and keeps no handle open in between: a session spans many cmdlets and may
/// never be closed, and the file can be read, moved and deleted meanwhile.
/// </summary>
internal sealed class TraceFileWriter : StringWriter
{
    private const int MostKept = 1 << 20;

    private static readonly ConditionalWeakTable<Esp32Device, TraceFileWriter> s_ofSessions = new();

    private readonly string _path;
    private Exception? _failure;
    private bool _isTold;

    /// <param name="path">The file; it is made at once, so that a path that cannot be written is known at once.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FolderNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public TraceFileWriter(string path)
        : base(CultureInfo.InvariantCulture)
    {
        _path = path;
        OutputFile.RequireFolder(path);
        OutputFile.RequireFree(path, force: true);
        if (TryAppend() is Exception error)
        {
            throw new Esp32Exception(
                ErrorCode.FileAccess, $"The trace file '{_path}' cannot be written: {OutputFile.ReasonOf(error)}", "Check the path, and who may write there.", error)
            { Target = _path };
        }
    }

    /// <summary>Remembers the trace file of a session, for <see cref="Tell"/>.</summary>
    public void BelongTo(Esp32Device session) => s_ofSessions.Add(session, this);

    /// <summary>Warns, once for each session, when lines could not be written to its trace file.</summary>
    /// <param name="session">The session.</param>
    /// <param name="warn">Receives the warning.</param>
    public static void Tell(Esp32Device session, Action<string> warn)
    {
        if (s_ofSessions.TryGetValue(session, out TraceFileWriter? writer) && writer is { _failure: { } failure, _isTold: false })
        {
            writer._isTold = true;
            warn($"The trace file '{writer._path}' lacks lines, and the work goes on without them: {OutputFile.ReasonOf(failure)}");
        }
    }

    /// <summary>
    /// Appends the lines since the last flush. A locked file or a full disk must not break off a burn half way, so a
    /// failure is not an error here: the lines wait for the next flush, and above a megabyte the oldest are lost.
    /// </summary>
    public override void Flush()
    {
        StringBuilder text = GetStringBuilder();
        if (TryAppend() is Exception failure)
        {
            _failure = failure;
            text.Remove(0, Math.Max(0, text.Length - MostKept));
        }
    }

    private Exception? TryAppend()
    {
        StringBuilder text = GetStringBuilder();
        try
        {
            // Another file may stand there meanwhile, and to open a pipe that nobody reads would block the work.
            OutputFile.RequireFree(_path, force: true);
            File.AppendAllText(_path, text.ToString());
            text.Clear();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException)
        {
            return error;
        }
    }
}
