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
public sealed class NewEsp32FlashKeyCommand : KeyFileCmdlet
{
    private const int UsualLength = 32;

    /// <summary>The chip that the key is for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string? Chip { get; set; }

    /// <summary>Length of the key in bytes: 16, 24, 32 or 64.</summary>
    [Parameter]
    [NumberTransformation]
    public int Length { get; set; } = UsualLength;

    /// <inheritdoc/>
    private protected override void Make(string path)
    {
        using var key = FlashKey.Generate(LengthForChip());
        if (!MayWrite(path, $"Write a new flash encryption key of {key.Length} bytes"))
        {
            return;
        }

        WriteKey(path, key.Reveal());
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
