using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Storage.Ota;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a choice of what boots that can be lifted.</summary>
public sealed class OtaRefusalCompleter : RefusalCompleter
{
    private protected override IReadOnlyList<ErrorCode> Liftable => OtaSwitchOptions.Liftable;
}
