using System;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>Reads files, with failures that say which file.</summary>
internal static class InputFile
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="ImageException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new ImageException(ErrorCode.FileAccess, $"'{path}' is a folder.", "Name a file.") { Target = path }
                : NotFound(path);
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(
                ErrorCode.FileAccess, $"'{path}' cannot be read: {error.Message}", "Check who may read it, and that no program holds it.", error)
            { Target = path };
        }
    }

    /// <summary>The failure for a file that is not there.</summary>
    public static ImageException NotFound(string path) =>
        new(ErrorCode.FileNotFound, $"There is no file '{path}'.", "Check the path and the current folder.") { Target = path };
}
