using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.FlashEncryption;

/// <summary>
/// Encrypts and decrypts flash contents as a chip does with the key in its eFuses: the result depends on the address. Not
/// thread-safe.
/// </summary>
public abstract class FlashCipher : IDisposable
{
    /// <summary>All four bits of FLASH_CRYPT_CONFIG: the address modifies the whole key.</summary>
    public const int WholeCryptConfig = 0xF;

    /// <summary>Size of an AES block in bytes: addresses and lengths are multiples of it.</summary>
    public const int BlockSize = 16;

    private protected FlashCipher()
    {
    }

    /// <summary>The cipher of a chip.</summary>
    /// <param name="chip">The chip; it determines the scheme.</param>
    /// <param name="key">The key, of a length that the chip supports. The cipher keeps its own copy.</param>
    /// <param name="cryptConfig">
    /// FLASH_CRYPT_CONFIG of the ESP32, 0 to 15; null for 15, and for chips without it.
    /// </param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/></exception>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.SettingsConflict"/>: the chip has no FLASH_CRYPT_CONFIG; <see cref="ErrorCode.ValueInvalid"/>: it
    /// is not in the range 0 to 15.
    /// </exception>
    public static FlashCipher For(ChipDefinition chip, FlashKey key, int? cryptConfig = null)
    {
        SecurityFacts facts = chip.Security;
        if (!facts.FlashKeyLengths.Contains(key.Length))
        {
            throw FlashKey.WrongLength(key.Name, key.Length, $"{string.Join(" or ", facts.FlashKeyLengths)} for the {chip.Name}");
        }

        bool hasCryptConfig = chip.Efuse.Has(EfuseRole.EncryptionConfig);
        if (cryptConfig is not null && !hasCryptConfig)
        {
            throw new Esp32Exception(
                ErrorCode.SettingsConflict, $"The {chip.Name} has no FLASH_CRYPT_CONFIG.", "Leave it out: the ESP32 alone has it.");
        }

        if (cryptConfig is < 0 or > WholeCryptConfig)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"FLASH_CRYPT_CONFIG cannot be {cryptConfig}.", "Give a number from 0 to 15; a chip that is set up well has 15.");
        }

        return hasCryptConfig ? new Esp32FlashCipher(key, cryptConfig ?? WholeCryptConfig) : new XtsFlashCipher(key);
    }

    /// <summary>Encrypts bytes for an address.</summary>
    /// <param name="data">
    /// The bytes: a multiple of 16. The ESP32's scheme takes any number and pads the last block with random bytes, like the
    /// vendor's tool.
    /// </param>
    /// <param name="address">Flash address of the first byte, a multiple of 16.</param>
    /// <param name="name">Name of the bytes in messages; null for none.</param>
    /// <returns>The encrypted bytes.</returns>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>, <see cref="ErrorCode.Misaligned"/>; <see cref="ErrorCode.BeyondFlash"/>: the addresses
    /// do not fit 32 bits.
    /// </exception>
    public byte[] Encrypt(byte[] data, uint address, string? name = null)
    {
        byte[] whole = FillsLastBlock ? Filled(data) : data;
        Require(whole, address, name);
        return Transform(whole, address, encrypt: true);
    }

    /// <summary>Decrypts bytes of an address. Only the result shows whether the key was the right one.</summary>
    /// <param name="data">The bytes: a multiple of 16.</param>
    /// <param name="address">Flash address of the first byte, a multiple of 16.</param>
    /// <param name="name">Name of the bytes in messages; null for none.</param>
    /// <returns>The plain bytes.</returns>
    /// <exception cref="InputException">As for <see cref="Encrypt"/>.</exception>
    public byte[] Decrypt(byte[] data, uint address, string? name = null)
    {
        Require(data, address, name);
        return Transform(data, address, encrypt: false);
    }

    /// <summary>Clears the key.</summary>
    public abstract void Dispose();

    private protected abstract bool FillsLastBlock { get; }

    /// <summary>Processes whole blocks; the bytes passed in do not change.</summary>
    private protected abstract byte[] Transform(byte[] data, uint address, bool encrypt);

    private static byte[] Filled(byte[] data)
    {
        int missing = -data.Length & (BlockSize - 1);
        if (missing == 0)
        {
            return data;
        }

        byte[] filling = new byte[missing];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(filling);
        return [.. data, .. filling];
    }

    private static void Require(byte[] data, uint address, string? name)
    {
        string subject = name is null ? "The data" : $"'{name}'";
        if (data.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"{subject} is empty.", "Build it again, or check the path.") { Target = name };
        }

        if (address % BlockSize != 0)
        {
            throw new InputException(
                ErrorCode.Misaligned,
                $"{subject} cannot be encrypted or decrypted for 0x{address:X}: the address is no multiple of {BlockSize}.",
                "Give the flash address at which the first byte stands.")
            {
                Target = name,
            };
        }

        if (data.Length % BlockSize != 0)
        {
            throw new InputException(
                ErrorCode.Misaligned,
                $"{subject} has {data.Length} bytes, which is no multiple of {BlockSize}.",
                "Pad it with 0xFF before it is encrypted; data to decrypt must be complete.")
            {
                Target = name,
            };
        }

        if (address + (long)data.Length > 1L << 32)
        {
            throw new InputException(
                ErrorCode.BeyondFlash, $"{subject} at 0x{address:X} goes beyond the address 0xFFFFFFFF.", "Check the address.")
            {
                Target = name,
            };
        }
    }
}
