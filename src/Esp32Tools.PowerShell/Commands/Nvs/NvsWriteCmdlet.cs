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

    /// <summary>The file to write, or a folder that is there; none to get the bytes alone.</summary>
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

    /// <summary>Writes the file if there is to be one, and the result.</summary>
    /// <param name="target">The file; null for none.</param>
    /// <param name="isChanged">True when the file is there and the bytes are its own, changed.</param>
    /// <param name="action">What is done, for the person who is asked.</param>
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

            // Values in plain text are their owner's alone; a file whose bytes were changed keeps the rights that it has.
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
