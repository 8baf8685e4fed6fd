using System;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Writes files whole or not at all: beside their place under another name, then moved there.
/// </summary>
internal static class OutputFile
{
    /// <summary>Throws when a file stands there that must not be replaced; to be asked before the work begins.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/></exception>
    public static void RequireFree(string path, bool force)
    {
        if (!force && File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>The failure for a file that must not be replaced.</summary>
    public static InputException Exists(string path) =>
        new(ErrorCode.FileExists, $"'{path}' exists already.", "Choose another path, or force the file to be replaced.") { Target = path };

    /// <summary>Makes a folder, and those above it, if it is not there.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                ErrorCode.FileAccess, $"The folder '{path}' cannot be made: {error.Message}", "Check the path, and who may write there.", error)
            { Target = path };
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static void Write(string path, byte[] data, bool force)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllBytes(temporary, data);
            RequireFree(path, force);
            if (File.Exists(path))
            {
                File.Replace(temporary, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(temporary, path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                ErrorCode.FileAccess, $"'{path}' cannot be written: {error.Message}", "Check that the folder exists and who may write there.", error)
            { Target = path };
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
