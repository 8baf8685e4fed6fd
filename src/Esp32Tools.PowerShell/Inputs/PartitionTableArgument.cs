using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>A partition table on the command line: the path of its file, its bytes, or its partitions as objects.</summary>
internal static class PartitionTableArgument
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Errors.InputException">As for <see cref="PartitionTableInput"/>.</exception>
    public static PartitionTable Read(object argument, ProviderPaths paths, PartitionTableOptions options)
    {
        var input = new PartitionTableInput();
        if (Arguments.BaseOf(argument) is string path)
        {
            input.AddFile(paths.Resolve(path), paths.StopToken);
        }
        else
        {
            foreach (object? item in Arguments.Items(argument))
            {
                input.Add(item!, paths.StopToken);
            }
        }

        return input.ToTable(options);
    }
}
