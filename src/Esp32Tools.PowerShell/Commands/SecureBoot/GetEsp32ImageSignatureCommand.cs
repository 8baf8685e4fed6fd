using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Gets the secure boot v2 signatures of images, and whether they are valid.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32ImageSignature", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ImageSignature))]
public sealed class GetEsp32ImageSignatureCommand : FilesCmdlet
{
    private protected override void ProcessFile(string file)
    {
        IReadOnlyList<ImageSignature> signatures = SecureBootV2.Read(InputFile.Read(file, StopToken), file);
        if (signatures.Count == 0)
        {
            throw new InputException(
                ErrorCode.SignatureNotFound, $"'{file}' has no signature of secure boot v2.", "Sign it. One of version 1 shows with its key alone.")
            { Target = file };
        }

        WriteObject(signatures, enumerateCollection: true);
    }
}
