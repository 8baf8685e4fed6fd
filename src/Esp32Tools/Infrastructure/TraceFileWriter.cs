using System;
using System.Globalization;
using System.IO;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>
/// Adds to the end of a file at every flush and holds nothing open in between: a session lives in many cmdlets and may
/// never be closed, and the file can be read, moved and deleted meanwhile.
/// </summary>
internal sealed class TraceFileWriter : StringWriter
{
    private readonly string _path;

    /// <param name="path">The file; it is made at once, so that a path that cannot be written is known at once.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FileAccess"/></exception>
    public TraceFileWriter(string path)
        : base(CultureInfo.InvariantCulture)
    {
        _path = path;
        Flush();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        StringBuilder text = GetStringBuilder();
        try
        {
            File.AppendAllText(_path, text.ToString());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Esp32Exception(
                ErrorCode.FileAccess, $"The trace file '{_path}' cannot be written: {error.Message}", "Check that the folder exists and who may write there.", error)
            { Target = _path };
        }

        text.Clear();
    }
}
