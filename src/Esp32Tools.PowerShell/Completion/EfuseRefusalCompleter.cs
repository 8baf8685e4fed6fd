using System.Collections.Generic;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a burn of eFuses that can be lifted.</summary>
public sealed class EfuseRefusalCompleter : RefusalCompleter
{
    private protected override IReadOnlyList<ErrorCode> Liftable => EfusePlanOptions.Liftable;
}
