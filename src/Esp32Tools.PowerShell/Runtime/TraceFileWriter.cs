using System;
using System.Globalization;
using System.IO;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Appends to a file at every flush and keeps no handle open in between: a session spans many cmdlets and may
/// never be closed, and the file can be read, moved and deleted meanwhile.
/// </summary>
internal sealed class TraceFileWriter : StringWriter
{
    private const int MostKept = 1 << 20;

    private readonly string _path;

    /// <param name="path">The file; it is made at once, so that a path that cannot be written is known at once.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FileAccess"/></exception>
    public TraceFileWriter(string path)
        : base(CultureInfo.InvariantCulture)
    {
        _path = path;
        if (TryAppend() is Exception error)
        {
            throw new Esp32Exception(
                ErrorCode.FileAccess, $"The trace file '{_path}' cannot be written: {error.Message}", "Check that the folder exists and who may write there.", error)
            { Target = _path };
        }
    }

    /// <summary>
    /// Appends the lines since the last flush. A locked file or a full disk must not break off a burn half way, so a
    /// failure is not an error here: the lines wait for the next flush, and above a megabyte the oldest are lost.
    /// </summary>
    public override void Flush()
    {
        StringBuilder text = GetStringBuilder();
        if (TryAppend() is not null && text.Length > MostKept)
        {
            text.Remove(0, text.Length - MostKept);
        }
    }

    private Exception? TryAppend()
    {
        StringBuilder text = GetStringBuilder();
        try
        {
            File.AppendAllText(_path, text.ToString());
            text.Clear();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }
}
