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
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// Current and future flash contents of a device: the images to write, over the existing data. Plain, even if the chip encrypts
/// its flash and the key is known.
/// </summary>
internal sealed class SecureBootFlash : IDisposable
{
    private readonly Esp32Device _device;
    private readonly IReadOnlyList<FlashImage> _images;
    private readonly bool _isEncrypted;
    private readonly FlashCipher? _cipher;
    private readonly CancellationToken _cancellationToken;

    public SecureBootFlash(Esp32Device device, IReadOnlyList<FlashImage> images, FlashKey? key, FlashProtection security, CancellationToken cancellationToken)
    {
        _device = device;
        _images = images;
        _isEncrypted = security.FlashEncryption;
        _cancellationToken = cancellationToken;

        // The key is checked first: a wrong key is an error in any state of the chip.
        FlashCipher? cipher = key is null ? null : FlashCipher.For(device.GetChip(), key, security.FlashCryptConfig);
        if (_isEncrypted)
        {
            _cipher = cipher;
        }
        else
        {
            cipher?.Dispose();
        }
    }

    /// <summary>True when the flash can be read as the chip reads it.</summary>
    public bool CanRead => !_isEncrypted || _cipher is not null;

    /// <summary>The cipher of a chip that encrypts its flash; null when it does not, or there is no key.</summary>
    public FlashCipher? Cipher => _cipher;

    private static uint Address(ChipDefinition chip) => (uint)chip.Image.BootloaderOffset;

    /// <summary>The image to write that holds the bootloader; null when the one in flash stays.</summary>
    public FlashImage? BootloaderImage => _images.FirstOrDefault(image => Covers(image, Address(_device.GetChip())));

    /// <summary>Proof of the bootloader: one from a file is not in the chip yet.</summary>
    public SecurityProof CheckProof => BootloaderImage is null ? SecurityProof.ReadBack : SecurityProof.None;

    /// <summary>The bootloader of <see cref="BootloaderImage"/>, from its first byte.</summary>
    public byte[] WrittenBootloader => [.. BootloaderImage!.Data.Skip((int)(Address(_device.GetChip()) - BootloaderImage.Address))];

    /// <summary>The bootloader in the flash, from its first byte to the end of a signature sector; empty when there is none.</summary>
    public byte[] ReadBootloader()
    {
        uint address = Address(_device.GetChip());
        byte[] known = Read(address, ImageExtent.FirstBytes);
        if (!FirmwareImage.LooksLikeImage(known))
        {
            return [];
        }

        long flashSize = _device.PrepareFlash(null, _cancellationToken);
        long limit = Math.Min(flashSize - address, MaxBootloader);
        for (long needed = Math.Min(ImageExtent.BytesNeeded(known), limit); needed > known.Length; needed = Math.Min(ImageExtent.BytesNeeded(known), limit))
        {
            known = [.. known, .. Read(address + (uint)known.Length, (int)needed - known.Length)];
        }

        int whole = (int)Math.Min(SecureBootTrust.SignedLength(FirmwareImage.Inspect(known)), limit);
        return whole > known.Length ? [.. known, .. Read(address + (uint)known.Length, whole - known.Length)] : known;
    }

    /// <summary>Reads from flash and decrypts.</summary>
    public byte[] Read(uint address, int length)
    {
        // The ESP32 encrypts 32 bytes together, other chips 16.
        uint start = address & ~(uint)(Unit - 1);
        int count = (int)(address - start + length + Unit - 1) / Unit * Unit;
        byte[] raw = FlashReader.Read(_device, start, count, null, _cancellationToken);
        byte[] plain = _cipher?.Decrypt(raw, start) ?? raw;
        return [.. plain.Skip((int)(address - start)).Take(length)];
    }

    /// <summary>The reason why the flash cannot be read.</summary>
    public static Esp32Exception Unreadable(Esp32Device device) => new(
        ErrorCode.BootloaderUnchecked,
        $"The flash of {device.PortName} is encrypted: whether its bootloader is signed cannot be seen, and with secure boot on an unsigned one never starts again.",
        "Give the flash encryption key, or write a signed bootloader.")
    { Target = device.PortName };

    public void Dispose() => _cipher?.Dispose();

    private static bool Covers(FlashImage image, uint address) => image.Address <= address && address < (long)image.Address + image.Data.Length;

    private const int Unit = 32;

    // Maximum size of a bootloader: the ROM loads it into internal memory.
    private const int MaxBootloader = 1 << 20;
}
