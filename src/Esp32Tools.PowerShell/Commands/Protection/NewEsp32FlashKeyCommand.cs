using System;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>Makes a flash encryption key, in a file that its owner alone can read.</summary>
[Cmdlet(VerbsCommon.New, "Esp32FlashKey", SupportsShouldProcess = true)]
[OutputType(typeof(FlashKeyFile))]
public sealed class NewEsp32FlashKeyCommand : Esp32Cmdlet
{
    private const int UsualLength = 32;

    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The chip that the key is for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChipCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Chip { get; set; }

    /// <summary>Bytes of the key: 16, 24, 32 or 64.</summary>
    [Parameter]
    [NumberTransformation]
    public int Length { get; set; } = UsualLength;

    /// <summary>Replaces a file that exists. The key in it is gone then.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isOnlyItem = Path.Length == 1 && !MyInvocation.ExpectingInput;
        foreach (string path in Path)
        {
            Attempt(() => Make(Paths.Resolve(path)), isOnlyItem, path);
        }
    }

    private void Make(string path)
    {
        using var key = FlashKey.Generate(LengthForChip());
        OutputFile.RequireFree(path, Force);
        if (!ShouldProcess(path, $"Write a new flash encryption key of {key.Length} bytes"))
        {
            return;
        }

        byte[] bytes = key.Reveal();
        try
        {
            SecretFile.Write(path, bytes, Force);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }

        WriteObject(new FlashKeyFile { Path = path, Length = key.Length, Fingerprint = key.Fingerprint });
    }

    private int LengthForChip()
    {
        if (Chip is null)
        {
            return Length;
        }

        ChipDefinition chip = ChipCatalog.ByName(Chip);
        return chip.Security.FlashKeyLengths.Contains(Length)
            ? Length
            : throw new InputException(
                ErrorCode.KeyLength,
                $"The {chip.Name} has no flash encryption keys of {Length} bytes.",
                $"Its keys have {string.Join(" or ", chip.Security.FlashKeyLengths)} bytes.");
    }
}
