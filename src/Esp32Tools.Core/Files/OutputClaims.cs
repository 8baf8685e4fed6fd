using System;
using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Files;

/// <summary>
/// The files that one call writes, for several devices perhaps and side by side. Force replaces what was there before the call,
/// never what the call itself has written. Names are told apart as <see cref="OutputName"/> does.
/// </summary>
public sealed class OutputClaims
{
    private readonly HashSet<string> _taken = new(OutputName.Comparer);

    /// <summary>Throws when a file must not be written; to be asked before the work begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">True to replace one that was there before the call.</param>
    /// <param name="makesFolder">True when its folder is made, and need not exist.</param>
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

    /// <summary>Takes a file, makes its contents, and writes it. When that fails the file is free again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">True to replace one that was there before the call.</param>
    /// <param name="make">Makes the contents.</param>
    /// <param name="care">What the file needs besides.</param>
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
