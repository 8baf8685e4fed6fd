using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>
/// Restores a unit to the state of a manifest: bootloader and partition table, unless already present, and the partitions. A
/// different table is overwritten only when that is allowed.
/// </summary>
public sealed class PartitionRestore
{
    private readonly Esp32Device _device;
    private readonly PartitionManifest _manifest;
    private readonly PartitionCipher? _cipher;
    private readonly PartitionWriteOptions _options;
    private readonly Refusals _refusals;
    private readonly CancellationToken _cancellationToken;

    private PartitionRestore(
        Esp32Device device, PartitionManifest manifest, PartitionCipher? cipher, PartitionWriteOptions options, CancellationToken cancellationToken)
    {
        _device = device;
        _manifest = manifest;
        _cipher = cipher;
        _options = options;
        _refusals = new Refusals(RefusalCatalog.PartitionWrite, options.Allow);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Checks a manifest against a device and plans the writes. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="read">Reads a file of its folder.</param>
    /// <param name="isWanted">Selects the partitions to write by name; null for all, with bootloader and table.</param>
    /// <param name="cipher">The device's flash encryption key; null for none.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageForOtherChip"/>, <see cref="ErrorCode.ManifestForOtherUnit"/>, <see cref="ErrorCode.PartitionTableDiffers"/>;
    /// <see cref="ErrorCode.ManifestInvalid"/>: a file differs from its entry in the manifest; <see
    /// cref="ErrorCode.PartitionNotFound"/>;
    /// and the errors of <see cref="PartitionWriter"/>.
    /// </exception>
    public static PartitionWritePlan Plan(
        Esp32Device device,
        PartitionManifest manifest,
        Func<PartitionManifestEntry, byte[]> read,
        Func<string, bool>? isWanted,
        PartitionCipher? cipher,
        PartitionWriteOptions options,
        CancellationToken cancellationToken) =>
        new PartitionRestore(device, manifest, cipher, options, cancellationToken).Plan(read, isWanted);

    /// <summary>The SHA-256 of a file, in the form of a manifest.</summary>
    public static string Sha256Of(byte[] data)
    {
        using var sha256 = SHA256.Create();
        return Hex.Encode(sha256.ComputeHash(data));
    }

    private PartitionWritePlan Plan(Func<PartitionManifestEntry, byte[]> read, Func<string, bool>? isWanted)
    {
        CheckUnit();
        byte[] ReadWhole(PartitionManifestEntry entry) => Checked(entry, read(entry));
        PartitionManifestEntry[] wanted = [.. _manifest.Partitions.Where(entry => isWanted is null || isWanted(entry.Name))];
        if (wanted.Length == 0)
        {
            throw new InputException(
                ErrorCode.PartitionNotFound,
                "The manifest has no partition of that name.",
                $"It has {string.Join(", ", _manifest.Partitions.Select(entry => entry.Name))}.");
        }

        byte[] tableBytes = ReadWhole(_manifest.Table);
        var listed = PartitionTable.Parse(PlainTable(tableBytes), _manifest.Table.File);
        bool hasTable = HasSameTable(listed, isWanted is null);
        PartitionData[] contents =
        [
            .. wanted.Select(entry => new PartitionData(entry.Name, entry.File, ReadWhole(entry)) { Contents = entry.Contents, IsCopy = true }),
        ];
        FlashImage[] surroundings = hasTable && isWanted is not null ? []
            : [Surrounding(_manifest.Bootloader, ReadWhole(_manifest.Bootloader)), Surrounding(_manifest.Table, tableBytes)];
        surroundings = hasTable ? [.. surroundings.Where(image => !Holds(image))] : surroundings;
        return PartitionWriter.Plan(_device, listed, contents, surroundings, _cipher, _options, _cancellationToken);
    }

    private void CheckUnit()
    {
        if (_manifest.Chip != _device.GetChip().Key)
        {
            _refusals.Refuse(new InputException(
                ErrorCode.ImageForOtherChip,
                $"The manifest is of an {_manifest.Chip}, and the chip on {_device.PortName} is an {_device.GetChip().Name}.",
                "Connect the unit that the manifest is of.")
            { Target = _device.PortName });
        }

        string mac = _device.ReadIdentity(_cancellationToken).Mac;
        if (_manifest.Mac != mac)
        {
            _refusals.Refuse(new InputException(
                ErrorCode.ManifestForOtherUnit,
                $"The manifest is of the unit {_manifest.Mac}, and {mac} is on {_device.PortName}.",
                "Choose the folder of this unit; keys and numbers of another one would be there twice.")
            { Target = _device.PortName });
        }
    }

    private static byte[] Checked(PartitionManifestEntry entry, byte[] data)
    {
        string sha256 = Sha256Of(data);
        return data.Length == entry.Size && sha256 == entry.Sha256
            ? data
            : throw new InputException(
                ErrorCode.ManifestInvalid,
                $"The file '{entry.File}' is not the one that the manifest lists: it has 0x{data.Length:X} bytes and the SHA-256 {sha256}.",
                "Copy the whole folder again.")
            { Target = entry.File };
    }

    private byte[] PlainTable(byte[] bytes)
    {
        if (_manifest.Table.Contents != PartitionContents.Encrypted)
        {
            return bytes;
        }

        return _cipher is { IsEncrypted: true } ? _cipher.Decrypt(bytes, _manifest.Table.Offset) : throw new FlashException(
            ErrorCode.FlashEncrypted,
            $"The files of the manifest are encrypted with the flash encryption key of the unit {_manifest.Mac}.",
            "Give that key, and connect that unit.")
        { Target = _manifest.Table.File };
    }

    // True when the device already has the table; false when it must be written, with the bootloader before it.
    private bool HasSameTable(PartitionTable listed, bool isWhole)
    {
        PartitionTable? found = null;
        try
        {
            found = PartitionTableReader.Read(_device, _manifest.Table.Offset, _cancellationToken, _cipher);
        }
        catch (InputException error) when (isWhole && error.Code == ErrorCode.PartitionTableMissing)
        {
            return false;
        }

        if (found.Partitions.SequenceEqual(listed.Partitions))
        {
            return true;
        }

        _refusals.Refuse(new InputException(
            ErrorCode.PartitionTableDiffers,
            $"The partition table on {_device.PortName} is not the one of the manifest.",
            "Check that the backup is of this product; its own table can be written with it.")
        { Target = _device.PortName });
        return false;
    }

    // Checked before secure boot: data already present changes nothing. Data that the chip would encrypt cannot be compared.
    private bool Holds(FlashImage image) => image.Encrypt || FlashDigest.Matches(_device, image, link: null, _cancellationToken);

    private FlashImage Surrounding(PartitionManifestEntry entry, byte[] data) =>
        new PartitionPlacer(_device, _cipher, _options, _cancellationToken).Place(entry.Offset, entry.File, data, entry.Contents, isCovered: true, entry.Size);
}
