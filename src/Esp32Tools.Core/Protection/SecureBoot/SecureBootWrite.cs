using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>Writes the images of a procedure that are not yet in flash.</summary>
internal sealed class SecureBootWrite(Esp32Device device, SecureBootFlash flash, SecureBootOptions options, CancellationToken cancellationToken)
{
    private const uint UsualTable = PartitionTableOptions.DefaultTableOffset;

    // The first two bytes of a partition table (ESP-IDF, partition tables).
    private static readonly byte[] s_tableMagic = [0xAA, 0x50];

    /// <summary>The stage; null when there are no images.</summary>
    public ActionStage? Stage(IReadOnlyList<FlashImage> images)
    {
        if (images.Count == 0)
        {
            return null;
        }

        IReadOnlyList<FlashImage> stored = Encrypted(images);
        FlashImage[] missing = [.. stored.Where(image => image.Encrypt || !FlashVerifier.Test(device, image, null, cancellationToken).IsEqual)];
        string names = string.Join(", ", images.Select(image => image.ToString()));
        if (missing.Length == 0)
        {
            return new ActionStage("Write", $"{names}: in the flash already") { Proof = SecurityProof.Digested };
        }

        FlashWritePlan plan = FlashWriter.Plan(device, missing, WriteOptions(images, stored), cancellationToken);
        return new ActionStage("Write", string.Join("; ", plan.Writes)) { Run = (progress, token) => Run(plan, progress, token) };
    }

    private StageOutcome Run(FlashWritePlan plan, Action<OperationProgress>? progress, CancellationToken token)
    {
        FlashWriteResult[] results = [.. FlashWriter.Write(device, plan, progress, token)];
        string text = string.Join("; ", results.Select(result => $"wrote {result.Length} bytes of {result.Name} at 0x{result.Address:X}{(result.Verified ? string.Empty : $", not verified: {result.UnverifiedReason}")}"));
        return new StageOutcome(text, results.All(result => result.Verified) ? SecurityProof.Digested : SecurityProof.NotVerifiable);
    }

    // Data encrypted on the host is no longer a plain image, so the checks of a write do not apply; and the bootloader was
    // already checked more closely.
    private FlashWriteOptions WriteOptions(IReadOnlyList<FlashImage> images, IReadOnlyList<FlashImage> stored)
    {
        List<ErrorCode> allowed = [.. RefusalCatalog.FlashWrite.Among(options.Allow)];
        if (!stored.SequenceEqual(images))
        {
            allowed.Add(ErrorCode.FlashEncrypted);
        }

        return new FlashWriteOptions { Allow = allowed, LooksAtLayout = false };
    }

    // With the key, data that the chip decrypts is encrypted here.
    private IReadOnlyList<FlashImage> Encrypted(IReadOnlyList<FlashImage> images)
    {
        if (flash.Cipher is not { } cipher)
        {
            return images;
        }

        PartitionTable? table = Table(images);
        int unit = device.GetChip().Image.EncryptedWriteAlignment;
        return [.. images.Select(image => image.Encrypt || IsCovered(image, table)
            ? new FlashImage(image.Name, image.Address, cipher.Encrypt(FlashLayout.Pad(image.Data, unit), image.Address, image.Name))
            : image)];
    }

    private bool IsCovered(FlashImage image, PartitionTable? table) =>
        FirmwareImage.LooksLikeImage(image.Data)
        || image.Address < UsualTable
        || image.Data.Take(s_tableMagic.Length).SequenceEqual(s_tableMagic)
        || (table?.Partitions.Any(partition => partition.UsesFlashEncryption && partition.Offset <= image.Address && image.Address < (long)partition.Offset + partition.Size) ?? false);

    private PartitionTable? Table(IReadOnlyList<FlashImage> images)
    {
        FlashImage? given = images.FirstOrDefault(image => image.Data.Take(s_tableMagic.Length).SequenceEqual(s_tableMagic));
        byte[] bytes = given?.Data ?? flash.Read(UsualTable, PartitionTable.BinarySize);
        try
        {
            return PartitionTable.Parse(bytes, given?.Name);
        }
        catch (InputException) when (given is null)
        {
            // A flash without a table: then only data with a recognizable format is known.
            return null;
        }
    }
}
