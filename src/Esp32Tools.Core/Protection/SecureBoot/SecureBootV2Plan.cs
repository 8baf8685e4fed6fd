using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>The stages of secure boot v2 on one device.</summary>
internal sealed class SecureBootV2Plan(
    Esp32Device device, EfuseSnapshot snapshot, SecureBootOptions options, SecureBootChecks checks, SecureBootFlash flash, CancellationToken cancellationToken)
{
    private readonly SecureBootTrust _trust = new(device.GetChip(), options.Digests);

    public (List<ProcedureStage> Stages, IReadOnlyList<string> Warnings) Make()
    {
        _trust.RequireKnownKinds();
        SecureBootSlots slots = SecureBootSlots.Assign(snapshot, options.Digests);
        checks.RequireKnownDigests(slots);
        string? verdict = CheckBootloader();
        CheckImages();
        checks.RequireSoundKinds(_trust);

        List<string> missed = [];
        var stages = new SecureBootStages(snapshot, options);
        ActionStage? write = new SecureBootWrite(device, flash, options, cancellationToken).Stage(options.Images);
        ProcedureStage?[] all =
        [
            new ActionStage("Check", verdict is null ? "the bootloader could not be checked" : $"the bootloader is {verdict}") { Status = SecurityStepStatus.Done, Proof = verdict is null ? SecurityProof.NotVerifiable : flash.CheckProof },
            stages.Digests(slots),
            write,
            write?.Run is null ? null : new ActionStage("Verify", "read the bootloader back and check its signature") { Run = (_, _) => Verify() },
            stages.Enable(_trust.KeyTypes),
            stages.Revoke(slots),
            stages.Lock(missed),
            stages.Close(),
        ];
        List<string> warnings = [.. checks.Warnings, .. missed];
        int[] open = [.. slots.All.Where(slot => slot is { RevokeField: not null, Present: null, Wanted: null, IsRevoked: false } && !options.RevokeUnused).Select(slot => slot.Number)];
        if (open.Length > 0)
        {
            warnings.Add($"The slots {string.Join(", ", open)} for digests stay open: whoever can burn eFuses can add a key of their own.");
        }

        return ([.. all.OfType<ProcedureStage>()], warnings);
    }

    // Null when the flash cannot be read and that refusal is lifted.
    private string? CheckBootloader()
    {
        if (flash.BootloaderImage is { } given)
        {
            return _trust.Check(flash.WrittenBootloader, given.Name, out string why) ?? throw NotSigned($"The bootloader in {given.Name} {why}", given.Name);
        }

        if (!flash.CanRead)
        {
            checks.RefuseUnlessAllowed(SecureBootFlash.Unreadable(device));
            return null;
        }

        return _trust.Check(flash.ReadBootloader(), device.PortName, out string reason)
            ?? throw NotSigned($"The bootloader in the flash of {device.PortName} {reason}", device.PortName);
    }

    private void CheckImages()
    {
        foreach (FlashImage image in options.Images.Where(image => image != flash.BootloaderImage && FirmwareImage.LooksLikeImage(image.Data)))
        {
            if (_trust.Check(image.Data, image.Name, out string reason) is null)
            {
                throw new InputException(
                    ErrorCode.ImageNotSigned,
                    $"{image.Name} {reason}: it would not start once secure boot is on.",
                    "Sign it with one of the keys whose digests are given.")
                { Target = image.Name };
            }
        }
    }

    private StageOutcome Verify()
    {
        if (!flash.CanRead)
        {
            return new StageOutcome("the flash is encrypted and its key is not given: the bootloader cannot be read back", SecurityProof.NotVerifiable);
        }

        string verdict = _trust.Check(flash.ReadBootloader(), device.PortName, out string reason)
            ?? throw NotSigned($"The bootloader that was read back from {device.PortName} {reason}", device.PortName);
        return new StageOutcome($"the bootloader in the flash is {verdict}", SecurityProof.ReadBack);
    }

    private static InputException NotSigned(string message, string target) => new(
        ErrorCode.BootloaderNotSigned,
        $"{message}: with secure boot on, the board would never start again.",
        "Sign it with one of the keys whose digests are given, and write it.")
    { Target = target };
}
