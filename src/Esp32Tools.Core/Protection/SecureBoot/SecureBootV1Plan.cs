using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// The stages of secure boot v1 on one device. The digest of the bootloader is written before the key is burned: a hidden key
/// can no longer be compared, and then the digest in flash tells which key this unit was started with.
/// </summary>
internal sealed class SecureBootV1Plan(
    Esp32Device device, EfuseSnapshot snapshot, SecureBootOptions options, SecureBootChecks checks, SecureBootFlash flash, CancellationToken cancellationToken)
{
    // Random part and digest, at the start of the flash (ESP-IDF, secure boot v1).
    private const int DigestSize = BootloaderDigest.RandomSize + 64;

    private readonly List<string> _warnings = [];

    private KeyPurpose Purpose => device.GetChip().KeyPurposes.First(purpose => purpose.Name == device.GetChip().Security.SecureBoot!.V1KeyPurpose);

    private EfuseBlockFacts Block => device.GetChip().Efuse.Blocks.First(block => block.Name == Purpose.Block);

    private int KeyLength => snapshot.GetBlockLength(Block.Index) / 8;

    public (List<ProcedureStage> Stages, IReadOnlyList<string> Warnings) Make()
    {
        CheckImages();
        byte[] bootloader = Bootloader();
        FlashImage? digest = Digest(bootloader, out bool isInFlash);
        bool isHidden = snapshot.IsReadDisabled(Block.ReadDisableBit!.Value);
        if (isHidden)
        {
            RequireBegunWith(isInFlash);
        }

        var stages = new SecureBootStages(snapshot, options);
        IReadOnlyList<FlashImage> images = digest is null ? options.Images : [.. options.Images, digest];
        ActionStage? write = new SecureBootWrite(device, flash, options, cancellationToken).Stage(images);
        ProcedureStage?[] all =
        [
            new ActionStage("Check", $"the bootloader is whole{(isInFlash ? ", and its digest in the flash is made with this key" : string.Empty)}") { Status = SecurityStepStatus.Done, Proof = flash.CheckProof },
            write,
            write?.Run is null ? null : new ActionStage("Verify", "read bootloader and digest back and compare them") { Run = (_, _) => Verify() },
            isHidden ? Keep() : stages.Key(Purpose, options.Key!.Reveal(KeyLength)),
            stages.Enable([]),
            stages.Lock(_warnings),
            stages.Close(),
        ];
        return ([.. all.OfType<ProcedureStage>()], [.. checks.Warnings, .. _warnings]);
    }

    private EfuseStage Keep()
    {
        _warnings.Add($"{Block.Name} holds a key that is hidden already: that it is this one cannot be proved.");
        return new EfuseStage("Key", $"keep the hidden key in {Block.Name}", [new EfuseProtectionRequest { Name = Block.Name, Protection = EfuseProtection.Write }]);
    }

    private void CheckImages()
    {
        FlashImage[] applications = [.. options.Images.Where(image => image != flash.BootloaderImage && FirmwareImage.LooksLikeImage(image.Data))];
        if (options.Key!.PublicKey is null && applications.Length > 0)
        {
            _warnings.Add($"Whether {string.Join(", ", applications.Select(image => image.Name))} is signed for this bootloader cannot be told without the private key.");
        }

        FlashImage? unsigned = options.Key.PublicKey is { } key ? applications.FirstOrDefault(image => !SecureBootV1.Verify(image.Data, key)) : null;
        if (unsigned is not null)
        {
            throw new InputException(
                ErrorCode.ImageNotSigned,
                $"{unsigned.Name} is not signed with {options.Key.Name}: it would not start once secure boot is on.",
                "Sign it, for version 1.")
            { Target = unsigned.Name };
        }
    }

    // The image alone, as the ROM takes it.
    private byte[] Bootloader()
    {
        if (flash.BootloaderImage is null && !flash.CanRead)
        {
            throw SecureBootFlash.Unreadable(device);
        }

        byte[] bytes = flash.BootloaderImage is null ? flash.ReadBootloader() : flash.WrittenBootloader;
        string name = flash.BootloaderImage?.Name ?? device.PortName;
        string? damage = FirmwareImage.LooksLikeImage(bytes) ? FirmwareImage.Inspect(bytes, name).Damage : "is no image";
        return damage is null ? [.. bytes.Take(FirmwareImage.Inspect(bytes, name).Length)] : throw new InputException(
            ErrorCode.BootloaderNotSigned,
            $"The bootloader in {name} {damage}: with secure boot on, the board would never start again.",
            "Build it again, and write it.")
        { Target = name };
    }

    // The digest to write; null when the flash holds a good one, or an image includes it.
    private FlashImage? Digest(byte[] bootloader, out bool isInFlash)
    {
        FlashImage? given = options.Images.FirstOrDefault(image => image.Address == 0);
        isInFlash = flash.CanRead && Matches(flash.Read(0, DigestSize), bootloader);
        if (given is not null)
        {
            return Matches(given.Data, bootloader) ? null : throw new InputException(
                ErrorCode.BootloaderNotSigned,
                $"The digest in {given.Name} was not made with {options.Key!.Name} for this bootloader: with secure boot on, the board would never start again.",
                "Leave it out: it is made here.")
            { Target = given.Name };
        }

        return isInFlash ? null : new FlashImage("bootloader digest", 0, [.. options.Key!.MakeDigest(bootloader, device.PortName, KeyLength).Take(DigestSize)]);
    }

    private bool Matches(byte[] digest, byte[] bootloader) => digest.Length >= DigestSize
        && options.Key!.MakeDigest(bootloader, device.PortName, KeyLength, [.. digest.Take(BootloaderDigest.RandomSize)]).Take(DigestSize).SequenceEqual(digest.Take(DigestSize));

    private void RequireBegunWith(bool isInFlash)
    {
        if (!isInFlash)
        {
            checks.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.BootloaderUnchecked,
                $"{Block.Name} of the chip on {device.PortName} holds a hidden key, and no digest in the flash tells that it is this one: if it is another, the board would never start again.",
                "Use a chip whose key is known.")
            { Target = Block.Name });
        }
    }

    private StageOutcome Verify()
    {
        if (!flash.CanRead)
        {
            return new StageOutcome("the flash is encrypted and its key is not given: nothing can be read back", SecurityProof.NotVerifiable);
        }

        byte[] read = flash.ReadBootloader();
        FirmwareImage? image = FirmwareImage.LooksLikeImage(read) ? FirmwareImage.Inspect(read) : null;
        return image is { Damage: null } && Matches(flash.Read(0, DigestSize), [.. read.Take(image.Length)])
            ? new StageOutcome("the digest in the flash is that of the bootloader in the flash, made with this key", SecurityProof.ReadBack)
            : throw new InputException(
                ErrorCode.BootloaderNotSigned,
                $"Bootloader and digest that were read back from {device.PortName} do not match.",
                "Write them again.")
            { Target = device.PortName };
    }
}
