using System;
using System.Collections.Generic;
using System.IO;
using Esp32Tools.Files;

namespace Esp32Tools.Simulator.State;

/// <summary>
/// Replaces a folder as a whole, so that a process or a power supply that ends at any point leaves the old folder or the new
/// one: <c>state.new</c> is filled, <c>state</c> is moved to <c>state.old</c>, <c>state.new</c> to <c>state</c>, and
/// <c>state.old</c> is deleted. Only between the two moves is there no <c>state</c>, and then both others are complete.
/// </summary>
internal sealed class FolderSwap
{
    private readonly string _path;
    private readonly string _fresh;
    private readonly string _old;

    /// <param name="path">The folder, as a full path.</param>
    public FolderSwap(string path)
    {
        _path = path;
        _fresh = path + ".new";
        _old = path + ".old";
    }

    /// <summary>Called before each change on the disk; null for none. Tests end the work here.</summary>
    public Action? Step { get; set; }

    /// <summary>Finishes a replacement that was cut off.</summary>
    /// <exception cref="IOException">The disk or its rights do not allow it; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    public void Recover()
    {
        if (!Directory.Exists(_path) && Directory.Exists(_old) && Directory.Exists(_fresh))
        {
            Move(_fresh, _path);
        }

        // What is left beside the folder is older than it or incomplete.
        Delete(_fresh);
        Delete(_old);
    }

    /// <summary>Replaces the folder, or makes it.</summary>
    /// <param name="files">The files of the new one, by name.</param>
    /// <exception cref="IOException">It cannot be written, and the old one is as it was; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    /// <exception cref="Errors.InputException">A file cannot be written; the same holds.</exception>
    public void Replace(IReadOnlyDictionary<string, byte[]> files)
    {
        Recover();
        try
        {
            Step?.Invoke();
            Directory.CreateDirectory(_fresh);
            foreach (KeyValuePair<string, byte[]> file in files)
            {
                Step?.Invoke();
                OutputFile.Write(Path.Combine(_fresh, file.Key), file.Value, force: false, FileCare.Secret);
            }

            if (Directory.Exists(_path))
            {
                Move(_path, _old);
            }

            Move(_fresh, _path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Errors.InputException)
        {
            TryPutBack();
            throw;
        }

        Delete(_old);
    }

    // The reason of the failure is worth more than that of the clean-up; the next start finds both folders, and puts them in order.
    private void TryPutBack()
    {
        try
        {
            PutBack();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void PutBack()
    {
        if (!Directory.Exists(_path) && Directory.Exists(_old))
        {
            Move(_old, _path);
        }

        Delete(_fresh);
    }

    private void Move(string from, string to)
    {
        Step?.Invoke();
        Directory.Move(from, to);
    }

    private void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in Directory.GetFiles(folder))
        {
            Step?.Invoke();
            File.Delete(file);
        }

        Step?.Invoke();
        Directory.Delete(folder, recursive: true);
    }
}
