using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Checks that the chip can encrypt during a write, and that the address of an image is suitable.</summary>
internal static class EncryptedWriteChecks
{
    // All four bits: the address enters all of the key (ESP32 Technical Reference Manual, flash encryption).
    private const int WholeCryptConfig = 0xF;

    /// <summary>Throws when the chip or its loader would write data that the chip cannot read.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.FlashKeyMissing"/>, <see cref="ErrorCode.DownloadEncryptDisabled"/>, <see cref="ErrorCode.FlashCryptConfig"/>
    /// </exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/>: this loader cannot encrypt.</exception>
    public static void RequireAble(Esp32Device device, FlashProtection security)
    {
        string port = device.PortName;
        if (!device.IsStub && !device.GetChip().Loader.RomWritesEncrypted)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"The ROM of the {device.GetChip().Name} on {port} cannot encrypt during a write.",
                "Connect with the stub.")
            { Target = port };
        }

        // In secure download mode none of the rest can be read, and the ROM itself refuses such writes.
        if (device.IsSecureDownloadMode)
        {
            return;
        }

        if (security.DownloadEncryptDisabled)
        {
            throw new FlashException(
                ErrorCode.DownloadEncryptDisabled,
                $"An eFuse of the chip on {port} keeps its loader from writing through the encryption.",
                "That cannot be undone. Encrypt the images with the chip's key before they are written, if there is a copy of it.")
            { Target = port };
        }

        if (!security.HasFlashKey)
        {
            throw new FlashException(
                ErrorCode.FlashKeyMissing,
                $"The chip on {port} has no flash encryption key to encrypt with.",
                "Burn a key first, or write plain bytes.")
            { Target = port };
        }

        if (security.FlashCryptConfig is int config and not WholeCryptConfig)
        {
            throw new FlashException(
                ErrorCode.FlashCryptConfig,
                $"FLASH_CRYPT_CONFIG of the chip on {port} is 0x{config:X}: it would encrypt differently from the way it decrypts with 0xF.",
                "Burn it to 0xF before anything is encrypted.")
            { Target = port };
        }
    }

    /// <summary>Throws when the address is not suitable, or when the write would destroy the data before it.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.Misaligned"/></exception>
    public static void RequireAligned(Esp32Device device, FlashImage image, CancellationToken cancellationToken)
    {
        int unit = device.GetChip().Image.EncryptedWriteAlignment;
        if (image.Address % unit != 0)
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"{image.Name} is to be encrypted at 0x{image.Address:X}, and the {device.GetChip().Name} encrypts {unit} bytes together.",
                $"Choose an address that is a multiple of {unit}, preferably of 4096 bytes, a sector.")
            { Target = image.Name };
        }

        long sector = FlashLayout.Floor(image.Address);
        int before = (int)(image.Address - sector);
        if (before > 0 && (device.IsSecureDownloadMode || !IsBlank(device, (uint)sector, before, cancellationToken)))
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"{image.Name} is to be encrypted at 0x{image.Address:X}; the data before it in its sector would be erased and cannot be written again.",
                "Choose an address that is a multiple of 4096.")
            { Target = image.Name };
        }
    }

    private static bool IsBlank(Esp32Device device, uint address, int length, CancellationToken cancellationToken) =>
        FlashLayout.IsBlank(FlashReader.Read(device, address, length, null, cancellationToken), 0, length);
}
