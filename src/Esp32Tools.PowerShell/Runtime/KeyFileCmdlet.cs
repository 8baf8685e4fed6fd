using System.Management.Automation;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A cmdlet that makes keys, each in a file that its owner alone can read.</summary>
public abstract class KeyFileCmdlet : Esp32Cmdlet
{
    private readonly OutputClaims _claims = new();

    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Replaces a file that exists. The key in it is then lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            AttemptItem(() => Make(Paths.Resolve(path)), path);
        }
    }

    /// <summary>Makes a key, writes its file, and writes the result.</summary>
    /// <param name="path">The file.</param>
    private protected abstract void Make(string path);

    /// <summary>Asks whether to write a file; it must be free.</summary>
    private protected bool MayWrite(string path, string action)
    {
        _claims.RequireFree(path, Force);
        return ShouldProcess(path, action);
    }

    /// <summary>Writes a file, for its owner alone and flushed to the disk, and clears the bytes.</summary>
    private protected void WriteKey(string path, byte[] bytes)
    {
        try
        {
            _claims.Write(path, Force, () => bytes, FileCare.Secret);
        }
        finally
        {
            System.Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
