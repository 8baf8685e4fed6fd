using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Converts the contents of a partition into the bytes for its flash: padded, and encrypted where necessary.</summary>
internal sealed class PartitionPlacer
{
    private readonly Esp32Device _device;
    private readonly PartitionCipher? _cipher;
    private readonly Refusals _refusals;
    private readonly bool _encrypts;

    public PartitionPlacer(Esp32Device device, PartitionCipher? cipher, PartitionWriteOptions options, CancellationToken cancellationToken)
    {
        _device = device;
        _cipher = cipher;
        _refusals = new Refusals(RefusalCatalog.PartitionWrite, options.Allow);
        _encrypts = device.ReadFlashProtection(cancellationToken).FlashEncryption;
    }

    /// <summary>
    /// The image for a partition. The rest of the partition is erased: by FF after the data, or separately when the chip
    /// encrypts.
    /// </summary>
    public FlashImage Place(Partition partition, PartitionData data)
    {
        if (data.Contents == PartitionContents.Encrypted && !_encrypts)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.FlashEncrypted,
                $"{data.Source} is encrypted, and the chip on {_device.PortName} does not decrypt what it reads from flash.",
                "Decrypt it with the key of the chip that it came from.")
            { Target = data.Source });
        }

        return Place(partition.Offset, data.Source, data.Data, data.Contents, partition.UsesFlashEncryption, partition.Size);
    }

    /// <summary>The image for a place, with or without flash encryption.</summary>
    public FlashImage Place(uint address, string name, byte[] data, PartitionContents contents, bool isCovered, uint size)
    {
        // A manifest can contain any size.
        if (size > FlashLayout.Largest)
        {
            throw new FlashException(
                ErrorCode.BeyondFlash, $"{name} is to fill 0x{size:X} bytes, which fit no flash.", "Check the manifest.")
            { Target = name };
        }

        bool hasToBeEncrypted = _encrypts && isCovered && contents != PartitionContents.Encrypted;
        if (hasToBeEncrypted && _cipher is null)
        {
            return new FlashImage(name, address, data) { Encrypt = true };
        }

        byte[] bytes = hasToBeEncrypted ? _cipher!.Encrypt(data, address, name) : data;
        var whole = new byte[System.Math.Max(size, bytes.Length)];
        bytes.CopyTo(whole, 0);
        FlashLayout.Fill(whole, bytes.Length, whole.Length);
        return new FlashImage(name, address, whole);
    }
}
