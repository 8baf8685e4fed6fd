using System;
using System.IO;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// The file that a destination names: the path itself, whose folder must exist; or a file in the folder that it names, which is
/// made when it does not exist and the path ends like that of a folder.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="IsInNewFolder">True when its folder will be made.</param>
internal sealed record OutputPlace(string File, bool IsInNewFolder)
{
    /// <summary>Throws when the file must not be written; for use before the work begins.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FolderNotFound"/>, <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/>
    /// </exception>
    public void RequireFree(OutputClaims claims, bool force) => claims.RequireFree(File, force, makesFolder: IsInNewFolder);

    /// <summary>Writes the file, and makes its folder if that is asked for.</summary>
    /// <exception cref="InputException">As for <see cref="RequireFree"/>.</exception>
    public void Write(OutputClaims claims, bool force, Func<byte[]> make, FileCare care = FileCare.None)
    {
        if (IsInNewFolder)
        {
            OutputFile.MakeFolder(Path.GetDirectoryName(File)!);
        }

        claims.Write(File, force, make, care);
    }
}
