using System;
using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Files;

/// <summary>
/// The files that one call writes, possibly for several devices in parallel. Force replaces files from before the call,
/// never files that the call itself has written. Names are compared as in <see cref="OutputName"/>.
/// </summary>
public sealed class OutputClaims
{
    private readonly HashSet<string> _taken = new(OutputName.Comparer);

    /// <summary>Throws when a file must not be written; for use before the work begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">True to replace a file from before the call.</param>
    /// <param name="makesFolder">True when its folder will be made, and need not exist.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void RequireFree(string path, bool force, bool makesFolder = false)
    {
        lock (_taken)
        {
            if (_taken.Contains(path))
            {
                throw Taken(path);
            }
        }

        OutputFile.RequireFree(path, force, makesFolder);
    }

    /// <summary>Claims a file, makes its contents, and writes it. On failure the claim is released.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">True to replace a file from before the call.</param>
    /// <param name="make">Makes the contents.</param>
    /// <param name="care">Further requirements of the file.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void Write(string path, bool force, Func<byte[]> make, FileCare care = FileCare.None)
    {
        lock (_taken)
        {
            if (!_taken.Add(path))
            {
                throw Taken(path);
            }
        }

        try
        {
            OutputFile.Write(path, make(), force, care);
        }
        catch
        {
            lock (_taken)
            {
                _taken.Remove(path);
            }

            throw;
        }
    }

    private static InputException Taken(string path) => new(
        ErrorCode.FileExists,
        $"'{path}' was written by this call already, or a name that a file system may take for the same.",
        "Give each its own path.")
    { Target = path };
}
