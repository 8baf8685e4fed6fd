using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// Switches secure boot on in the vendor's order: check the bootloader and images, burn the digests, write, verify, switch on,
/// revoke,
/// lock, close. Nothing is burned over a bootloader that the chip would then refuse.
/// </summary>
public static class SecureBootProcedure
{
    /// <summary>Checks a device and plans the remaining steps. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.ChipUnsupported"/>: the chip or its revision has no such secure boot; <see cref="ErrorCode.SecureDownloadMode"/>.
    /// </exception>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.BootloaderNotSigned"/>, <see cref="ErrorCode.ImageNotSigned"/>, <see cref="ErrorCode.KeyTypeUnsupported"/>,
    /// <see cref="ErrorCode.KeyLength"/>.
    /// </exception>
    /// <exception cref="EfuseException">
    /// <see cref="ErrorCode.KeyBlockNotFree"/>, <see cref="ErrorCode.KeyBlockInUse"/>, <see cref="ErrorCode.DigestUnknown"/>,
    /// <see cref="ErrorCode.EfuseAlreadyBurned"/>: the other version is on.
    /// </exception>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.BootloaderUnchecked"/>, <see cref="ErrorCode.SecureBootFault"/>; <see cref="ErrorCode.ValueInvalid"/>:
    /// the options name a refusal that cannot be lifted, or lack the keys of their version.
    /// </exception>
    public static SecurityProcedure Plan(Esp32Device device, SecureBootOptions options, CancellationToken cancellationToken)
    {
        RequireComplete(options);
        if (device.IsSecureDownloadMode)
        {
            return PlanClosed(device);
        }

        EfuseSnapshot snapshot = EfuseReader.Read(device.GetLoader(), device.GetChip(), cancellationToken);
        var checks = new SecureBootChecks(device, snapshot, options);
        checks.RequireSupported();
        checks.RequireFields();
        var flash = new SecureBootFlash(device, options.Images, options.FlashKey, device.ReadFlashProtection(cancellationToken), cancellationToken);
        try
        {
            (List<ProcedureStage> stages, IReadOnlyList<string> warnings) = options.Version == SecureBootVersion.V1
                ? new SecureBootV1Plan(device, snapshot, options, checks, flash, cancellationToken).Make()
                : new SecureBootV2Plan(device, snapshot, options, checks, flash, cancellationToken).Make();
            var planOptions = new EfusePlanOptions { Allow = RefusalCatalog.EfuseBurn.Among(options.Allow) };
            return SecurityProcedure.Plan(device, snapshot, stages, planOptions, warnings, [flash]);
        }
        catch
        {
            flash.Dispose();
            throw;
        }
    }

    private static void RequireComplete(SecureBootOptions options)
    {
        RefusalCatalog.SecureBoot.Require(options.Allow);
        string? problem = options.Version == SecureBootVersion.V1 && options.Key is null ? "Secure boot v1 needs a key."
            : options.Version == SecureBootVersion.V2 && options.Digests.Count == 0 ? "Secure boot v2 needs the digest of a key."
            : null;
        if (problem is not null)
        {
            throw new Esp32Exception(ErrorCode.ValueInvalid, problem);
        }
    }

    // A finished, locked unit that reveals little about itself: enough to tell that nothing is left to do.
    private static SecurityProcedure PlanClosed(Esp32Device device)
    {
        if (device.SecurityInfo is not { SecureBoot: true })
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {device.PortName} is in secure download mode, and no eFuse of it can be burned any more: secure boot stays off.",
                "Take another chip, and close its loader last.")
            { Target = device.PortName };
        }

        var snapshot = new EfuseSnapshot(device.GetChip(), [.. device.GetChip().Efuse.Blocks.Select(block => (IReadOnlyList<uint>)new uint[block.Words])], revision: 0);
        var check = new ActionStage("Check", "secure boot is on, and the loader is in secure download mode: the rest can no longer be read") { Status = SecurityStepStatus.Done, Proof = SecurityProof.NotVerifiable };
        return SecurityProcedure.Plan(device, snapshot, [check], new EfusePlanOptions());
    }
}
