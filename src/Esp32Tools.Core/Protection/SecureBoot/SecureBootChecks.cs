using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>Checks whether a chip supports the request. All of them run before anything is touched.</summary>
internal sealed class SecureBootChecks(Esp32Device device, EfuseSnapshot snapshot, SecureBootOptions options)
{
    private readonly List<string> _warnings = [];

    private ChipDefinition Chip => device.GetChip();

    private bool HasV1 => snapshot.Table.Find(EfuseRole.SecureBootV1Enable) is not null;

    private string Revision => $"{snapshot.Revision / 100}.{snapshot.Revision % 100}";

    /// <summary>Refusals that were lifted.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Refuses a chip or a revision that has no such secure boot, and one that already uses another version.</summary>
    public void RequireSupported()
    {
        SecureBootFacts facts = Chip.Security.SecureBoot ?? throw Unsupported(
            $"The vendor supports no secure boot on the {Chip.Name}.", "Its eFuses exist, but their use is not documented.");
        if (options.Version == SecureBootVersion.V1 && !HasV1)
        {
            throw Unsupported($"The {Chip.Name} has no secure boot v1.", "Use version 2, which is also the better one.");
        }

        if (options.Version == SecureBootVersion.V2 && snapshot.Revision < facts.MinRevision)
        {
            throw Unsupported(
                $"Secure boot v2 needs revision {facts.MinRevision / 100}.{facts.MinRevision % 100} of the {Chip.Name}; the chip on {device.PortName} is {Revision}.",
                !HasV1 ? "Use a later revision of the chip." : "Take version 1, or use a later revision of the chip.");
        }

        EfuseField? other = snapshot.Table.Find(options.Version == SecureBootVersion.V1 ? EfuseRole.SecureBootEnable : EfuseRole.SecureBootV1Enable);
        if (other is not null && snapshot.Revision >= (options.Version == SecureBootVersion.V1 ? facts.MinRevision : 0) && snapshot.GetNumber(other) != 0)
        {
            throw new EfuseException(
                ErrorCode.EfuseAlreadyBurned,
                $"{other.Name} is set in the chip on {device.PortName}: it already uses the other version of secure boot.",
                "Bits cannot be cleared; take that version.")
            { Target = other.Name };
        }

        if (options.Version == SecureBootVersion.V2 && facts.FaultyRevisions.Contains(snapshot.Revision))
        {
            RefuseUnlessAllowed(new Esp32Exception(
                ErrorCode.SecureBootFault,
                $"The ROM of the {Chip.Name} of revision {Revision} fails to verify valid signatures, and the board may never start again.",
                "The vendor's advice is not to switch secure boot on: take a later revision."));
        }
    }

    /// <summary>Refuses options for which the chip has no eFuse.</summary>
    public void RequireFields()
    {
        bool isMissing = options.DownloadMode switch
        {
            DownloadModeGoal.Secure => snapshot.Table.Find(EfuseRole.SecureDownload) is null,
            DownloadModeGoal.Disabled => snapshot.Revision < Chip.Security.DownloadDisabledMinRevision,
            _ => false,
        };
        if (isMissing)
        {
            throw Unsupported(
                $"The {Chip.Name} of revision {Revision} has no eFuse to set its loader to {options.DownloadMode}.",
                "Keep the loader, or choose the other way to close it.");
        }

        if (options.AggressiveRevoke && snapshot.Table.Find(EfuseRole.AggressiveRevoke) is null)
        {
            throw Unsupported($"The {Chip.Name} cannot revoke keys.", "Leave it out.");
        }
    }

    /// <summary>Refuses a chip that trusts keys not named in the request.</summary>
    public void RequireKnownDigests(SecureBootSlots slots)
    {
        if (slots.All.FirstOrDefault(slot => slot is { Present: not null, Wanted: null, IsRevoked: false }) is { } foreign)
        {
            RefuseUnlessAllowed(new EfuseException(
                ErrorCode.DigestUnknown,
                $"The chip on {device.PortName} has a digest in {foreign.Block} ({Compat.Hex.Encode(foreign.Present!, 0, 4)}...) that is none of those given: whoever has that key can sign for it.",
                $"Name it as well, or revoke it{(foreign.RevokeField is { } field ? $" with {field}" : string.Empty)} first.")
            { Target = foreign.Block });
        }
    }

    /// <summary>Refuses ECDSA on silicon that accepts invalid signatures.</summary>
    public void RequireSoundKinds(SecureBootTrust trust)
    {
        trust.RequireKnownKinds();
        if (Chip.Security.SecureBoot!.HasFaultyEcdsa && trust.KeyTypes.Any(type => type != SigningKeyType.Rsa3072))
        {
            RefuseUnlessAllowed(new Esp32Exception(
                ErrorCode.SecureBootFault,
                $"The ROM of the {Chip.Name} does not verify ECDSA signatures reliably, and the vendor advises against them on it.",
                "Sign with RSA-3072."));
        }
    }

    /// <summary>Throws a refusal that can be lifted; once lifted, it is a warning.</summary>
    public void RefuseUnlessAllowed(Esp32Exception refusal) =>
        new Refusals(RefusalCatalog.SecureBoot, options.Allow, lifted => _warnings.Add(lifted.Message)).Refuse(refusal);

    private ChipException Unsupported(string message, string advice) => new(ErrorCode.ChipUnsupported, message, advice) { Target = device.PortName };
}
