using System;
using System.IO;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>Reads files, with failures that say which file.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static byte[] Read(string path) => Open(path, File.ReadAllBytes);

    /// <summary>A file as text: UTF-8, or what its byte order mark says. Nobody writes to it while it is open.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static TextReader OpenText(string path) => Open(
        path, file => new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read), s_strict, detectEncodingFromByteOrderMarks: true));

    /// <summary>The failure for a file that is not there.</summary>
    public static InputException NotFound(string path) =>
        new(ErrorCode.FileNotFound, $"There is no file '{path}'.", "Check the path and the current folder.") { Target = path };

    private static T Open<T>(string path, Func<string, T> open)
    {
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new InputException(ErrorCode.FileAccess, $"'{path}' is a folder.", "Name a file.") { Target = path }
                : NotFound(path);
        }

        try
        {
            return open(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                ErrorCode.FileAccess, $"'{path}' cannot be read: {error.Message}", "Check who may read it, and that no program holds it.", error)
            { Target = path };
        }
    }
}
