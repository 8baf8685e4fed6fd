using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>A cmdlet that works on the public halves of keys, one after the other.</summary>
public abstract class PublicKeysCmdlet : Esp32Cmdlet
{
    private protected const string PathSet = FileSource.PathSet;
    private const string LiteralPathSet = FileSource.LiteralPathSet;

    /// <summary>The keys in PEM form: files, wildcards allowed, or what <see cref="KeyArgument"/> takes besides.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [KeyListTransformation]
    [ValidateNotNullOrEmpty]
    public KeyArgument[] Path { get; set; } = [];

    /// <summary>The files of the keys, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [KeyListTransformation]
    [ValidateNotNullOrEmpty]
    public KeyArgument[] LiteralPath { get; set; } = [];

    /// <summary>What private keys are encrypted with.</summary>
    [Parameter]
    [PassphraseTransformation]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        KeyArgument[] given = isLiteral ? LiteralPath : Path;
        foreach (KeyArgument argument in given)
        {
            IReadOnlyList<KeyArgument> keys = [];
            AttemptItem(() => keys = [.. KeyReader.Expand(argument, isLiteral, Paths)], argument.Name);
            foreach (KeyArgument key in keys)
            {
                AttemptItem(() => ProcessKey(KeyFiles.ReadPublic(key, Paths, Passphrase), key.Path), key.Name);
            }
        }
    }

    /// <summary>Works on one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="file">Path of its file; null where it was given itself.</param>
    private protected abstract void ProcessKey(SigningPublicKey key, string? file);
}
