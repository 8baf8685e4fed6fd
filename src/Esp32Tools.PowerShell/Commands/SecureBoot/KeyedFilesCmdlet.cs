using System.Management.Automation;
using System.Security;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>A cmdlet that works on files and reads keys in PEM.</summary>
public abstract class KeyedFilesCmdlet : FilesCmdlet
{
    /// <summary>Passphrase of the private keys.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }
}
