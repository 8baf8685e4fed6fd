using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Protection.SecureBoot;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of secure boot that can be lifted.</summary>
public sealed class SecureBootRefusalCompleter : RefusalCompleter
{
    private protected override IReadOnlyList<ErrorCode> Liftable => SecureBootOptions.Liftable;
}
