using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Decrypts data read from the partitions of one device, and encrypts data to be written there.</summary>
public sealed class PartitionCipher : IDisposable
{
    private readonly FlashCipher? _cipher;

    private PartitionCipher(FlashCipher? cipher) => _cipher = cipher;

    private FlashCipher Cipher => _cipher ?? throw new InvalidOperationException("The device does not encrypt its flash.");

    /// <summary>True when the device encrypts its flash; otherwise the flash is plain and data does not change.</summary>
    public bool IsEncrypted => _cipher is not null;

    /// <summary>Asks the device whether, and how, it encrypts its flash.</summary>
    /// <param name="device">The device.</param>
    /// <param name="key">Its flash encryption key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/>: the chip has no keys of this length.</exception>
    public static PartitionCipher For(Esp32Device device, FlashKey key, CancellationToken cancellationToken)
    {
        FlashProtection security = device.ReadFlashProtection(cancellationToken);

        // The key is checked first: a wrong key is an error in any state of the chip.
        FlashCipher cipher = FlashCipher.For(device.GetChip(), key, security.FlashCryptConfig);
        if (security.FlashEncryption)
        {
            return new PartitionCipher(cipher);
        }

        cipher.Dispose();
        return new PartitionCipher(null);
    }

    /// <summary>True when the bytes of a partition are encrypted in the flash of this device.</summary>
    public bool Covers(Partition partition) => IsEncrypted && partition.UsesFlashEncryption;

    /// <summary>Decrypts a partition.</summary>
    /// <param name="partition">The partition; <see cref="Covers"/> says whether it is encrypted.</param>
    /// <param name="data">Its bytes as in flash.</param>
    /// <param name="looksWrong">
    /// True when it should hold an application but the result is none, although the flash is not erased: the key may be another
    /// chip's, or the flash may be plain.
    /// </param>
    /// <exception cref="InputException"><see cref="ErrorCode.Misaligned"/></exception>
    public byte[] Decrypt(Partition partition, byte[] data, out bool looksWrong)
    {
        byte[] plain = Cipher.Decrypt(data, partition.Offset, partition.Name);
        looksWrong = partition.IsApplication
            && plain[0] != ImageHeader.Magic
            && !FlashLayout.IsBlank(data, 0, FlashCipher.BlockSize);
        return plain;
    }

    /// <summary>Encrypts bytes for an address, padded with FF to the unit of encryption.</summary>
    internal byte[] Encrypt(byte[] data, uint address, string name) =>
        Cipher.Encrypt(FlashLayout.Pad(data, FlashCipher.BlockSize), address, name);

    /// <summary>Decrypts bytes of an address; when the device does not encrypt its flash, they do not change.</summary>
    internal byte[] Decrypt(byte[] data, uint address) => _cipher?.Decrypt(data, address) ?? data;

    /// <summary>Clears the key.</summary>
    public void Dispose() => _cipher?.Dispose();
}
