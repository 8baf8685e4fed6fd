using System.IO;
using System.Management.Automation;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Writes the public halves of keys into files.</summary>
[Cmdlet(VerbsData.Export, "Esp32PublicKey", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportEsp32PublicKeyCommand : PublicKeysCmdlet
{
    private readonly OutputClaims _claims = new();

    /// <summary>The file to write, or a folder.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes only x and y of an ECDSA key.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessKey(SigningPublicKey key, string? file)
    {
        string name = KeyArgument.NameOf(file);
        byte[] content = !Raw ? KeyPem.WritePublic(key) : key is EcPublicKey ec ? ec.GetPoint() : throw new InputException(
            ErrorCode.KeyTypeUnsupported, $"The key '{name}' is no ECDSA key, and has no raw form.", "Write it as PEM.")
        { Target = name };
        string fileName = $"{System.IO.Path.GetFileNameWithoutExtension(file) ?? "key"}.pub{(Raw ? ".bin" : ".pem")}";
        OutputPlace target = Paths.ResolveInto(Destination, fileName);
        target.RequireFree(_claims, Force);
        if (ShouldProcess(target.File, $"Write the public half of {name}"))
        {
            target.Write(_claims, Force, () => content);
            WriteObject(new FileInfo(target.File));
        }
    }
}
