using System;
using System.Management.Automation;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>A cmdlet that makes NVS partitions, in memory or in files, plain or encrypted.</summary>
public abstract class NvsWriteCmdlet : Esp32Cmdlet, IDisposable
{
    private readonly OutputClaims _claims = new();

    /// <summary>The key: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>The HMAC key that the key is derived from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>The file to write, or an existing folder; none to get the bytes alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The key; null for none.</summary>
    private protected NvsKey? NvsKey { get; private set; }

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => NvsKey?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => NvsKey = NvsKeyReader.Read(Key, HmacKey, Paths));
    }

    /// <summary>The file to write; null for none.</summary>
    /// <param name="name">Name of the file in a folder; null when there can be none.</param>
    private protected string? TargetOf(string? name)
    {
        if (Destination is null)
        {
            return null;
        }

        string target = Paths.Resolve(Destination);
        return name is not null && System.IO.Directory.Exists(target) ? System.IO.Path.Combine(target, name) : target;
    }

    /// <summary>Writes the file, if one is asked for, and the result.</summary>
    /// <param name="target">The file; null for none.</param>
    /// <param name="isChanged">True when the file exists and the bytes are its changed content.</param>
    /// <param name="action">The action, for the confirmation.</param>
    /// <param name="bytes">The partition.</param>
    /// <param name="isEncrypted">True when it is encrypted with the key.</param>
    private protected void Give(string? target, bool isChanged, string action, byte[] bytes, bool isEncrypted)
    {
        bool isForced = isChanged || Force;
        if (target is not null)
        {
            _claims.RequireFree(target, isForced);
            if (!ShouldProcess(target, action))
            {
                return;
            }

            // A file of plain-text values is readable by its owner alone; a changed file keeps its permissions.
            _claims.Write(target, isForced, () => bytes, isEncrypted || isChanged ? FileCare.None : FileCare.OwnerOnly);
        }

        WriteObject(new Esp32NvsImage
        {
            Path = target,
            Bytes = bytes,
            Encrypted = isEncrypted,
            KeyFingerprint = isEncrypted ? NvsKey?.Fingerprint : null,
        });
    }
}
