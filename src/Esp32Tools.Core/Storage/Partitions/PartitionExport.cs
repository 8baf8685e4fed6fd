using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>
/// Reads partitions of one device into one file each, named after the partition, and lists them in a manifest. Two partitions
/// never share a file, on any file system.
/// </summary>
public sealed class PartitionExport
{
    private readonly Esp32Device _device;
    private readonly PartitionExportOptions _options;
    private readonly OutputClaims _claims;
    private readonly List<PartitionManifestEntry> _entries = [];

    // The partition of each file name, by its flash address.
    private readonly Dictionary<string, uint?> _names = new(OutputName.Comparer)
    {
        [PartitionManifest.FileName] = null,
        [PartitionBackup.BootloaderFile] = null,
        [PartitionBackup.TableFile] = null,
    };

    /// <summary>An export. Nothing is touched yet.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The options.</param>
    /// <param name="claims">The files of this call, shared by all its devices.</param>
    public PartitionExport(Esp32Device device, PartitionExportOptions options, OutputClaims claims)
    {
        _device = device ?? throw new ArgumentNullException(nameof(device));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _claims = claims ?? throw new ArgumentNullException(nameof(claims));
    }

    /// <summary>Number of partitions written.</summary>
    public int Count => _entries.Count;

    /// <summary>The file of the manifest.</summary>
    public string ManifestPath => Path.Combine(_options.Folder, PartitionManifest.FileName);

    /// <summary>Throws when the manifest must not be written; call this before the work begins.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void RequireManifestFree() => _claims.RequireFree(ManifestPath, _options.Force, makesFolder: true);

    /// <summary>True when the file of a partition holds decrypted data.</summary>
    public bool IsDecrypted(Esp32Partition partition) => _options.Cipher is { } cipher && cipher.Covers(partition.ToPartition());

    /// <summary>The file of a partition. Throws when it must not be written.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public string PathOf(Esp32Partition partition)
    {
        string path = Path.Combine(_options.Folder, NameOf(partition));
        _claims.RequireFree(path, _options.Force, makesFolder: true);
        return path;
    }

    /// <summary>Reads a partition and writes its file, accessible to its owner alone where it may hold keys or values in plain.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="warn">Receives a warning when the decrypted data looks wrong; null for none.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public PartitionDump Write(Esp32Partition partition, Action<string>? warn, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        string file = PathOf(partition);
        bool isDecrypted = IsDecrypted(partition);
        byte[] data = [];
        byte[] Read()
        {
            data = PartitionReader.Read(_device, partition.ToPartition(), progress, cancellationToken);
            return data = isDecrypted ? Decrypt(partition, data, warn) : data;
        }

        OutputFile.MakeFolder(_options.Folder);
        _claims.Write(file, _options.Force, Read, CareFor(partition, isDecrypted));
        string sha256 = PartitionRestore.Sha256Of(data);
        bool isEncrypted = !isDecrypted && partition.UsesFlashEncryption && _device.ReadFlashProtection(cancellationToken).FlashEncryption;
        _entries.Add(new PartitionManifestEntry
        {
            Name = partition.Name,
            Type = partition.Type,
            SubType = partition.SubType,
            Offset = partition.Offset,
            Size = partition.Size,
            File = Path.GetFileName(file),
            Sha256 = sha256,
            Contents = isDecrypted ? PartitionContents.Decrypted : isEncrypted ? PartitionContents.Encrypted : PartitionContents.Plain,
        });
        return new PartitionDump
        {
            PortName = _device.PortName,
            Name = partition.Name,
            Offset = partition.Offset,
            Size = partition.Size,
            Decrypted = isDecrypted,
            Sha256 = sha256,
            Path = file,
        };
    }

    /// <summary>
    /// Writes bootloader, partition table, and the manifest of all files, which is on the disk when this returns.
    /// </summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void WriteManifest(CancellationToken cancellationToken)
    {
        IReadOnlyList<(PartitionManifestEntry Entry, byte[] Data)> surroundings =
            PartitionBackup.ReadSurroundings(_device, _options.TableOffset, _options.Cipher, cancellationToken);
        foreach ((PartitionManifestEntry entry, byte[] data) in surroundings)
        {
            _claims.Write(Path.Combine(_options.Folder, entry.File), _options.Force, () => data);
        }

        _claims.Write(
            ManifestPath, _options.Force, () => PartitionBackup.Manifest(_device, surroundings, _entries, cancellationToken).ToBytes(), FileCare.Durable);
    }

    // If the name is in use in another spelling, the address distinguishes them.
    // The values of an NVS partition are often passwords, and a decrypted one was encrypted for a reason.
    private static FileCare CareFor(Esp32Partition partition, bool isDecrypted) =>
        partition.HoldsKeys ? FileCare.Secret
        : isDecrypted || partition.HoldsValues ? FileCare.OwnerOnly
        : FileCare.None;

    private string NameOf(Esp32Partition partition)
    {
        string name = PartitionDump.FileNameOf(partition.Name);
        if (_names.TryGetValue(name, out uint? owner) && owner != partition.Offset)
        {
            name = PartitionDump.FileNameOf($"{partition.Name}-0x{partition.Offset:X}");
        }

        _names[name] = partition.Offset;
        return name;
    }

    private byte[] Decrypt(Esp32Partition partition, byte[] data, Action<string>? warn)
    {
        byte[] plain = _options.Cipher!.Decrypt(partition.ToPartition(), data, out bool looksWrong);
        if (looksWrong)
        {
            warn?.Invoke($"The decrypted partition {partition.Name} is no application: another key may be in the chip, or plain bytes there.");
        }

        return plain;
    }
}
