using System;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>A cmdlet that encrypts or decrypts files with a flash encryption key.</summary>
public abstract class FlashCipherCmdlet : Esp32Cmdlet, IDisposable
{
    private protected const string PathSet = FileSource.PathSet;
    private const string LiteralPathSet = FileSource.LiteralPathSet;

    private readonly OutputClaims _claims = new();
    private FlashKey? _key;
    private FlashCipher? _cipher;

    /// <summary>The file to write, or an existing folder.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The flash encryption key: the file that holds it, or its bytes.</summary>
    [Parameter(Mandatory = true)]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Key { get; set; } = null!;

    /// <summary>Flash address of the first byte.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Offset")]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>The chip.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string Chip { get; set; } = string.Empty;

    /// <summary>FLASH_CRYPT_CONFIG of the ESP32.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(0, FlashCipher.WholeCryptConfig)]
    public int CryptConfig { get; set; } = FlashCipher.WholeCryptConfig;

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The files; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The action as a verb, for the confirmation.</summary>
    private protected abstract string Action { get; }

    /// <summary>The protection that the written file needs.</summary>
    private protected virtual FileCare Care => FileCare.None;

    private protected abstract byte[] Transform(FlashCipher cipher, byte[] data, string file);

    /// <summary>Overwrites the key.</summary>
    public void Dispose()
    {
        _cipher?.Dispose();
        _key?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            ChipDefinition chip = ChipCatalog.ByName(Chip);
            _key = KeyReader.Read(Key, Paths);
            _cipher = FlashCipher.For(chip, _key, IsGiven(nameof(CryptConfig)) ? CryptConfig : null);
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Invocation.ForEachFile(Path, LiteralPath, ProcessFile);

    private void ProcessFile(string file)
    {
        byte[] data = Transform(_cipher!, InputFile.Read(file, StopToken), file);

        OutputPlace target = Paths.ResolveInto(Destination, System.IO.Path.GetFileName(file));
        target.RequireFree(_claims, Force);
        if (ShouldProcess(target.File, $"{Action} {file} for 0x{Address:X} of an {ChipCatalog.ByName(Chip).Name}"))
        {
            target.Write(_claims, Force, () => data, Care);
            WriteObject(PlacedFile.Of(target.File, Address));
        }
    }
}
