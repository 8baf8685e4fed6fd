using System;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>Writes files that hold keys: for their owner alone, whole or not at all.</summary>
internal static class SecretFile
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static void Write(string path, byte[] data, bool force)
    {
        OutputFile.RequireFree(path, force);
        string? temporary = null;
        try
        {
            temporary = OwnerOnlyFile.Create(path);
            File.WriteAllBytes(temporary, data);
            Place(temporary, path, force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                ErrorCode.FileAccess, $"'{path}' cannot be written: {error.Message}", "Check that the folder exists and who may write there.", error)
            { Target = path };
        }
        finally
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
        }
    }

    // File.Replace would give the new file the rights of the old one. The old one is a key as well, and stays until the new one
    // is in its place.
    private static void Place(string temporary, string path, bool force)
    {
        if (!force || !File.Exists(path))
        {
            File.Move(temporary, path);
            return;
        }

        string old = $"{path}.{Guid.NewGuid():N}.old";
        File.Move(path, old);
        try
        {
            File.Move(temporary, path);
        }
        catch
        {
            File.Move(old, path);
            throw;
        }

        File.Delete(old);
    }
}
