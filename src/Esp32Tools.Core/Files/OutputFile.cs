using System;
using System.IO;
using System.Runtime.InteropServices;
using Esp32Tools.Errors;

namespace Esp32Tools.Files;

/// <summary>
/// Writes files whole or not at all: in the same folder under a temporary name, then moved. A file that replaces another one
/// keeps its rights.
/// </summary>
public static class OutputFile
{
    private const int OwnerRights = 0x1C0;
    private const int AllRights = 0x1FF;

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Throws when a file must not be written; for use before the work begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">True to replace one that exists.</param>
    /// <param name="makesFolder">True when its folder will be made, and need not exist.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FolderNotFound"/>; <see cref="ErrorCode.FileAccess"/>: no user can
    /// write it there.
    /// </exception>
    public static void RequireFree(string path, bool force, bool makesFolder = false)
    {
        if (!force && File.Exists(path))
        {
            throw Exists(path);
        }

        if (Obstacle(path) is { } obstacle)
        {
            throw new InputException(ErrorCode.FileAccess, $"'{path}' cannot be written: {obstacle}.", "Choose another path.") { Target = path };
        }

        if (!makesFolder)
        {
            RequireFolder(path);
        }
    }

    /// <summary>Throws when the folder of a file does not exist: a mistyped path makes no folder.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FolderNotFound"/></exception>
    public static void RequireFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
        {
            throw new InputException(
                ErrorCode.FolderNotFound, $"'{path}' cannot be written: there is no folder '{folder}'.", "Check the path, or make the folder first.")
            { Target = path };
        }
    }

    /// <summary>The cause of a failure to write, as a sentence; a full disk is called one.</summary>
    public static string ReasonOf(Exception error) => WriteFailure.Reason(error);

    /// <summary>The failure for a file that must not be replaced.</summary>
    public static InputException Exists(string path) =>
        new(ErrorCode.FileExists, $"'{path}' exists already.", "Choose another path, or force the file to be replaced.") { Target = path };

    /// <summary>Makes a folder, and its parents, if it does not exist.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            throw new InputException(
                ErrorCode.FileAccess, $"The folder '{path}' cannot be made: {WriteFailure.Reason(error)}", "Check the path, and who may write there.", error)
            { Target = path };
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="data">Its contents.</param>
    /// <param name="force">True to replace one that exists.</param>
    /// <param name="care">Further requirements of the file.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FolderNotFound"/>, <see cref="ErrorCode.FileAccess"/>
    /// </exception>
    public static void Write(string path, byte[] data, bool force, FileCare care = FileCare.None)
    {
        RequireFree(path, force);
        string place = Path.GetFullPath(path);
        string? part = null;
        try
        {
            part = PartFile.Create(place, ownerOnly: (care & FileCare.OwnerOnly) != 0 || File.Exists(place));
            Fill(part, data, care);
            RequireFree(path, force);
            Place(part, place, care);
            part = null;
            if ((care & FileCare.Durable) != 0)
            {
                DiskFlush.Folder(Path.GetDirectoryName(place)!);
            }
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            throw WriteFailure.Of(path, error);
        }
        finally
        {
            PartFile.Remove(part);
        }
    }

    private static string? Obstacle(string path)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder";
        }

        if (s_isWindows && OutputName.IsDevice(path))
        {
            return "its name is that of a device";
        }

        if (!File.Exists(path))
        {
            return null;
        }

        return FileKind.IsRegular(path) ? null : "it is a device or a pipe";
    }

    private static void Fill(string part, byte[] data, FileCare care)
    {
        using FileStream stream = new(part, FileMode.Open, FileAccess.Write, FileShare.None);
        stream.Write(data, 0, data.Length);
        stream.Flush(flushToDisk: (care & FileCare.Durable) != 0);
    }

    private static void Place(string part, string place, FileCare care)
    {
        if (!File.Exists(place))
        {
            File.Move(part, place);
            return;
        }

        AllowReplacement(place);
        bool isOwners = (care & FileCare.OwnerOnly) != 0;
        if (FileKind.RightsOf(place) is int rights)
        {
            FileKind.SetRights(part, rights & (isOwners ? OwnerRights : AllRights));
        }

        // On Windows one call keeps the rights of the old file, the other those of the new one.
        if (s_isWindows && isOwners)
        {
            OwnerOnlyFile.MoveOnWindows(part, place);
        }
        else
        {
            File.Replace(part, place, destinationBackupFileName: null, ignoreMetadataErrors: true);
        }
    }

    // Windows does not replace a read-only file. Force applies to it as well, as in PowerShell's own cmdlets.
    private static void AllowReplacement(string place)
    {
        FileAttributes attributes = s_isWindows ? File.GetAttributes(place) : 0;
        if ((attributes & FileAttributes.ReadOnly) != 0)
        {
            File.SetAttributes(place, attributes & ~FileAttributes.ReadOnly);
        }
    }

    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
