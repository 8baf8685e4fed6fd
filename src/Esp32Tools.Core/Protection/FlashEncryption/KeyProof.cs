using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>Proves that the key in the chip is the one on the host, although it cannot be read.</summary>
internal static class KeyProof
{
    /// <summary>True when the chip encrypts for the loader: the loader supports it, and no eFuse prevents it.</summary>
    public static bool IsPossible(Esp32Device device, FlashProtection security, IReadOnlyList<FlashImage> pieces) =>
        !security.DownloadEncryptDisabled && (device.IsStub || device.GetChip().Loader.RomWritesEncrypted) && Choose(device, pieces) is not null;

    /// <summary>
    /// Makes the chip encrypt one sector of the images at its address, and compares the flash contents with the host's result.
    /// The sector is right with any key in the chip, because the chip itself encrypts it.
    /// </summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.FlashKeyMismatch"/></exception>
    public static StageOutcome Run(Esp32Device device, IReadOnlyList<FlashImage> pieces, FlashWriteOptions options, FlashCipher cipher, CancellationToken cancellationToken)
    {
        FlashImage sector = Choose(device, pieces)!;
        FlashWriteOptions writing = new() { Allow = options.Allow, MaxReconnects = options.MaxReconnects, LooksAtLayout = false };
        _ = FlashWriter.Write(device, [sector], writing, null, cancellationToken);
        byte[] found = FlashReader.Read(device, sector.Address, sector.Data.Length, null, cancellationToken);
        if (!found.SequenceEqual(cipher.Encrypt(sector.Data, sector.Address)))
        {
            throw new FlashException(
                ErrorCode.FlashKeyMismatch,
                $"The key in the chip on {device.PortName} is another one: what it encrypts at 0x{sector.Address:X} is not what the given key makes of it.",
                "Nothing was burned. A chip keeps its key for good: find the key that belongs to it.")
            { Target = device.PortName };
        }

        return new StageOutcome($"the chip encrypts 0x{sector.Address:X} as the host does", SecurityProof.ShownByChip);
    }

    /// <summary>The bootloader in flash, decrypted with the key; null when the result is none.</summary>
    public static FirmwareImage? DecryptBootloader(Esp32Device device, FlashCipher cipher, CancellationToken cancellationToken)
    {
        // Maximum size of a bootloader before the usual partition table.
        const int End = (int)PartitionTableOptions.DefaultTableOffset;
        uint start = device.GetChip().Image.BootloaderOffset;
        byte[] plain = cipher.Decrypt(FlashReader.Read(device, start, End - (int)start, null, cancellationToken), start);
        return FirmwareImage.LooksLikeImage(plain) && FirmwareImage.Inspect(plain) is { IsIntact: true } image && image.Chip == device.GetChip() ? image : null;
    }

    // The last sector of the longest image, which is the application: a bootloader without its first sector proves nothing.
    private static FlashImage? Choose(Esp32Device device, IReadOnlyList<FlashImage> pieces)
    {
        FlashImage? longest = pieces.Where(piece => piece.Encrypt && piece.Address % FlashLayout.SectorSize == 0).OrderByDescending(piece => piece.Data.Length).FirstOrDefault();
        if (longest is null)
        {
            return null;
        }

        int start = (int)FlashLayout.Floor(longest.Data.Length - 1);
        byte[] data = [.. longest.Data.Skip(start)];
        return new FlashImage("the sector that proves the key", longest.Address + (uint)start, FlashLayout.Pad(data, device.GetChip().Image.EncryptedWriteAlignment)) { Encrypt = true };
    }
}
