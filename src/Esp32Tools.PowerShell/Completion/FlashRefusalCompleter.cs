using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Flash;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a write to flash that can be lifted.</summary>
public sealed class FlashRefusalCompleter : RefusalCompleter
{
    private protected override IReadOnlyList<ErrorCode> Liftable => FlashWriteOptions.Liftable;
}
