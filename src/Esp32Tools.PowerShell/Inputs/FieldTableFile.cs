using System.IO;
using System.Threading;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads a table of custom eFuse fields.</summary>
internal static class FieldTableFile
{
    /// <summary>Reads it; messages name the file without its folder.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseFieldTableInvalid"/></exception>
    public static UserFieldTable Read(string path, CancellationToken stopToken)
    {
        using StreamReader reader = new(new MemoryStream(InputFile.Read(path, stopToken)));
        return UserFieldTable.Parse(reader, Path.GetFileName(path));
    }
}
