using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads files with the eFuses of a chip.</summary>
internal static class EfuseDumpInput
{
    /// <summary>The eFuses in a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="chip">Name of the chip.</param>
    /// <param name="revision">Its silicon revision, such as 3.1; null to read it from the file.</param>
    /// <param name="stopToken">Ends the reading.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.ChipUnknown"/>; those of <see cref="InputFile.Read"/> and <see cref="EfuseDump.Read"/>.
    /// </exception>
    public static EfuseSnapshot Read(string file, string chip, Version? revision, CancellationToken stopToken) =>
        EfuseDump.Read(ChipCatalog.ByName(chip), InputFile.Read(file, stopToken), revision is null ? null : (100 * revision.Major) + revision.Minor);
}
