using System;
using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The files that one call of a cmdlet writes, for several devices perhaps and side by side. Force replaces what was there
/// before the call, never what another device has just given.
/// </summary>
internal sealed class OutputClaims
{
    private readonly HashSet<string> _taken = [];

    /// <summary>Throws when a file must not be written; to be asked before the work begins.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/></exception>
    public void RequireFree(string path, bool force)
    {
        lock (_taken)
        {
            if (_taken.Contains(path))
            {
                throw OutputFile.Exists(path);
            }
        }

        OutputFile.RequireFree(path, force);
    }

    /// <summary>Takes a file, makes what is to be in it, and writes it. When that fails the file is free again.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void Write(string path, bool force, Func<byte[]> make) => Write(path, () => OutputFile.Write(path, make(), force));

    /// <summary>As <see cref="Write(string, bool, Func{byte[]})"/>, with a file that its owner alone can read.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void WriteSecret(string path, bool force, Func<byte[]> make) => Write(path, () => SecretFile.Write(path, make(), force));

    private void Write(string path, Action write)
    {
        Take(path);
        try
        {
            write();
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

    private void Take(string path)
    {
        lock (_taken)
        {
            if (!_taken.Add(path))
            {
                throw OutputFile.Exists(path);
            }
        }
    }
}
