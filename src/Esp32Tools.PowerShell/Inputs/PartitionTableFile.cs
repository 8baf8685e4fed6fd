using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Images.Flasher;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The bytes of a partition table in a file: the file itself, or the table in the list of a build, such as flasher_args.json.</summary>
/// <param name="Bytes">The bytes, binary or CSV.</param>
/// <param name="Source">The file that they are in.</param>
/// <param name="Address">Flash address of the table; null where no list gives it.</param>
internal sealed record PartitionTableFile(byte[] Bytes, string Source, uint? Address)
{
    private const int MagicLow = 0xAA;
    private const int MagicHigh = 0x50;

    /// <summary>Reads it.</summary>
    /// <param name="file">Path of the file system.</param>
    /// <param name="stopToken">Ends the read.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.FlasherArgumentsInvalid"/>;
    /// <see cref="ErrorCode.PartitionTableMissing"/>: no file of the list is a table.
    /// </exception>
    public static PartitionTableFile Read(string file, CancellationToken stopToken)
    {
        if (!FlasherArguments.IsNameOf(file))
        {
            return new PartitionTableFile(InputFile.Read(file, stopToken), file, Address: null);
        }

        // The application and the bootloader begin otherwise; nothing after a table tells it apart as well.
        return FlasherArguments.ReadFile(file, stopToken).Files
            .Select(listed => new PartitionTableFile(InputFile.Read(listed.FullPath, stopToken), listed.FullPath, listed.Address))
            .FirstOrDefault(listed => listed.Bytes.Length is >= 2 and <= PartitionTable.BinarySize && listed.Bytes[0] == MagicLow && listed.Bytes[1] == MagicHigh)
            ?? throw new InputException(
                ErrorCode.PartitionTableMissing, $"No file that '{file}' lists is a partition table.", "Name the file of the table itself.")
            { Target = file };
    }
}
