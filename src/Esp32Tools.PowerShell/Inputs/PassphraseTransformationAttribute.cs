using System.Management.Automation;
using System.Security;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Takes a passphrase as a SecureString alone. The binder would quote one that is plain text.</summary>
public sealed class PassphraseTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.BaseOf(inputData) as SecureString ?? throw Arguments.CannotConvert("A passphrase is a SecureString: Read-Host -AsSecureString asks for one.");
}
