using System;
using System.IO;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>A cmdlet that works on files and reads keys in PEM.</summary>
public abstract class KeyedFilesCmdlet : FilesCmdlet
{
    /// <summary>Passphrase of the private keys.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    private protected SigningPublicKey ReadPublicKey(string path)
    {
        byte[] file = InputFile.Read(path);
        try
        {
            return KeyPem.ReadPublic(file, path, Passphrase);
        }
        finally
        {
            Array.Clear(file, 0, file.Length);
        }
    }

    private protected SigningKey ReadPrivateKey(string path)
    {
        byte[] file = InputFile.Read(path);
        try
        {
            return KeyPem.ReadPrivate(file, path, Passphrase);
        }
        finally
        {
            Array.Clear(file, 0, file.Length);
        }
    }

    /// <summary>The path of an output file: under a name in a folder that exists or is spelled as one, or the path itself.</summary>
    private protected string TargetOf(string destination, string name)
    {
        string target = Paths.Resolve(destination);
        bool isFolder = Directory.Exists(target) || destination.EndsWith("/", StringComparison.Ordinal) || destination.EndsWith("\\", StringComparison.Ordinal);
        return isFolder ? System.IO.Path.Combine(target, name) : target;
    }

    /// <summary>Creates the folder of an output file.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    private protected static void MakeFolderOf(string target)
    {
        if (System.IO.Path.GetDirectoryName(target) is { Length: > 0 } folder)
        {
            OutputFile.MakeFolder(folder);
        }
    }
}
