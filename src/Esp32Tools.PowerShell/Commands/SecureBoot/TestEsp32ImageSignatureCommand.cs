using System.Management.Automation;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Tests whether images were signed with a key and are unchanged since then.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Esp32ImageSignature", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SignatureCheck))]
public sealed class TestEsp32ImageSignatureCommand : KeyedFilesCmdlet
{
    /// <summary>PEM files with the keys, public or private.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Key { get; set; } = [];

    /// <summary>Version of secure boot.</summary>
    [Parameter]
    public SecureBootVersion Version { get; set; } = SecureBootVersion.V2;

    /// <summary>Also accepts images whose length is not a multiple of 4096 bytes.</summary>
    [Parameter]
    public SwitchParameter NoPadding { get; set; }

    private protected override void ProcessFile(string file)
    {
        byte[] image = InputFile.Read(file);
        foreach (string path in Key)
        {
            string keyPath = Paths.Resolve(path);
            SigningPublicKey key = ReadPublicKey(keyPath);
            WriteObject(SignatureCheck.Run(image, file, key, keyPath, Version, NoPadding));
        }
    }
}
