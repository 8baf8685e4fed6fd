using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Boot;

/// <summary>
/// The signature sector behind an image (formats.md, section 7), as far as it is checked here: magic, the image's digest, and a
/// key whose digest is in eFuse and not revoked. The signature itself is taken for right, as it needs more than a digest to forge one.
/// </summary>
internal sealed class BootSignature
{
    private const int Sector = 4096;
    private const int BlockLength = 1216;
    private const int BlocksInSector = 3;
    private const byte Magic = 0xE7;
    private const byte EcdsaVersion = 3;
    private const byte P384 = 3;
    private const int ShortDigest = 16;

    private static readonly EfuseRole[] s_revokes = [EfuseRole.DigestRevoke0, EfuseRole.DigestRevoke1, EfuseRole.DigestRevoke2];

    private readonly byte[] _sector;
    private readonly byte[] _signed;
    private readonly byte[][] _trusted;

    /// <param name="flash">The flash.</param>
    /// <param name="image">The image, whole.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="efuse">Its eFuses.</param>
    public BootSignature(FlashView flash, BootImage image, ChipDefinition chip, EfuseController efuse)
    {
        uint length = (image.Length + Sector - 1) / Sector * Sector;
        bool fits = image.Start + length + Sector <= flash.Size;
        _signed = fits ? flash.Read(image.Start, (int)length) : [];
        _sector = fits ? flash.Read(image.Start + length, Sector) : new byte[Sector];
        _trusted = [.. Trusted(chip, efuse)];
    }

    /// <summary>The first byte of the sector, where the magic belongs.</summary>
    public byte FirstByte => _sector[0];

    public bool HasMagic => FirstByte == Magic;

    /// <summary>True when a block of the sector is of this image and of a trusted key.</summary>
    public bool IsTrusted
    {
        get
        {
            using var sha256 = SHA256.Create();
            using var sha384 = SHA384.Create();
            return Enumerable.Range(0, BlocksInSector).Select(block => block * BlockLength).Any(at => Accepts(at, sha256, sha384));
        }
    }

    private bool Accepts(int at, SHA256 sha256, SHA384 sha384)
    {
        if (_sector[at] != Magic)
        {
            return false;
        }

        bool isEcdsa = _sector[at + 1] == EcdsaVersion;
        bool isLong = isEcdsa && _sector[at + 2] == 1;
        byte[] digest = isLong ? sha384.ComputeHash(_signed) : sha256.ComputeHash(_signed);
        int key = at + 4 + digest.Length;
        int keyLength = !isEcdsa ? 776 : _sector[key] == P384 ? 97 : 65;
        byte[] fingerprint = sha256.ComputeHash(_sector, key, keyLength);
        return digest.SequenceEqual(_sector.Skip(at + 4).Take(digest.Length))
            && _trusted.Any(trusted => trusted.SequenceEqual(fingerprint.Take(trusted.Length)));
    }

    private static IEnumerable<byte[]> Trusted(ChipDefinition chip, EfuseController efuse)
    {
        foreach (KeyPurpose purpose in chip.KeyPurposes.Where(purpose => purpose.IsDigest && !purpose.IsSecureBootV1))
        {
            if (purpose.Block is { } name)
            {
                byte[] data = efuse.DataOf(chip.Efuse.Blocks.First(block => block.Name == name).Index);
                yield return purpose.Part == KeyBlockPart.Upper ? [.. data.Skip(data.Length - ShortDigest)] : data;
                continue;
            }

            int number = purpose.Name[purpose.Name.Length - 1] - '0';
            if (number < s_revokes.Length && efuse.Field(s_revokes[number]) != 0)
            {
                continue;
            }

            foreach (EfuseBlockFacts block in chip.Efuse.Blocks.Where(block => purpose.Id is int id && efuse.PurposeOf(block.Index) == id))
            {
                yield return efuse.DataOf(block.Index);
            }
        }
    }
}
