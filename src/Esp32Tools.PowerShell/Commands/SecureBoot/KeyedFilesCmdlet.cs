using System;
using System.IO;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>A cmdlet that works on files and reads keys in PEM.</summary>
public abstract class KeyedFilesCmdlet : FilesCmdlet
{
    /// <summary>What private keys are encrypted with.</summary>
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

    /// <summary>Where a file goes: into a folder that is there or that is spelled as one, under a name; or to the path itself.</summary>
    private protected string TargetOf(string destination, string name)
    {
        string target = Paths.Resolve(destination);
        bool isFolder = Directory.Exists(target) || destination.EndsWith("/", StringComparison.Ordinal) || destination.EndsWith("\\", StringComparison.Ordinal);
        return isFolder ? System.IO.Path.Combine(target, name) : target;
    }

    /// <summary>Makes the folder that a file goes to.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    private protected static void MakeFolderOf(string target)
    {
        if (System.IO.Path.GetDirectoryName(target) is { Length: > 0 } folder)
        {
            OutputFile.MakeFolder(folder);
        }
    }
}
