using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>Checks the flash contents when encryption is switched on without writing anything.</summary>
internal static class FlashContents
{
    private const int Glimpse = 64;

    /// <summary>Checks the place of the bootloader, and refuses contents that would no longer start.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The options.</param>
    /// <param name="cipher">The key; null where nobody knows it.</param>
    /// <param name="refusals">Raises the refusal; a lifted refusal becomes a warning.</param>
    /// <param name="warnings">Receives warnings about unknown facts.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="FlashException"><see cref="ErrorCode.FlashContentsUnproven"/></exception>
    public static ActionStage Check(Esp32Device device, FlashEncryptionOptions options, FlashCipher? cipher, Refusals refusals, ICollection<string> warnings, CancellationToken cancellationToken)
    {
        device.OpenFlash(cancellationToken);
        uint offset = device.GetChip().Image.BootloaderOffset;
        byte[] start = FlashReader.Read(device, offset, Glimpse, null, cancellationToken);
        if (cipher is not null && KeyProof.DecryptBootloader(device, cipher, cancellationToken) is not null)
        {
            return new ActionStage("Verify", "the bootloader in flash is encrypted with this key; the data after it was not checked") { Proof = SecurityProof.ReadBack };
        }

        string what = FlashLayout.IsBlank(start, 0, start.Length) ? "is empty"
            : FirmwareImage.LooksLikeImage(start) ? "holds a plain image"
            : cipher is null ? "holds what may be encrypted or not" : "holds nothing that this key decrypts";
        string message = $"The flash on {device.PortName} {what} at 0x{offset:X}, and encryption is to be switched on: the {device.GetChip().Name} will not start from it.";

        // As long as the loader is open, encrypted images can still be written; plain ones are nearly always a mistake.
        bool isFatal = options.DownloadMode == DownloadModeGoal.Disabled || FirmwareImage.LooksLikeImage(start);
        if (isFatal)
        {
            refusals.Refuse(new FlashException(ErrorCode.FlashContentsUnproven, message, "Give the images, so that they are encrypted and written first.") { Target = device.PortName });
        }
        else
        {
            warnings.Add(message);
        }

        return new ActionStage("Verify", $"the flash {what}") { Status = SecurityStepStatus.Left, Proof = SecurityProof.NotVerifiable };
    }
}
