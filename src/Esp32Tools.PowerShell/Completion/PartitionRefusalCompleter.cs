using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a write to partitions that can be lifted.</summary>
public sealed class PartitionRefusalCompleter : RefusalCompleter
{
    private protected override IReadOnlyList<ErrorCode> Liftable => PartitionWriteOptions.Liftable;
}
