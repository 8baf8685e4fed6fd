using System;
using System.Globalization;
using System.IO;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Adds to the end of a file at every flush and holds nothing open in between: a session lives in many cmdlets and may
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
    /// Appends what has come since. A file that is locked or a disk that is full must not break off a burn half way, so a
    /// failure is no error here: the lines wait for the next flush, and past a megabyte of them the oldest are lost.
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
