using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// What is burned for secure boot, in the vendor's order (ESP-IDF, "Security Features Enablement Workflows", enable secure
/// boot v2 externally; "Secure Boot", v1).
/// </summary>
internal sealed class SecureBootStages(EfuseSnapshot snapshot, SecureBootOptions options)
{
    /// <summary>Has the ROM revoke a key at the first bad signature.</summary>
    public const string AggressiveField = "SECURE_BOOT_AGGRESSIVE_REVOKE";

    private const string Sha384Field = "SECURE_BOOT_SHA384_EN";

    // On top of those of flash encryption, which leaves JTAG to whoever has the HMAC key for it.
    private const string SoftJtagField = "SOFT_DIS_JTAG";

    private SecurityFacts Security => snapshot.Chip.Security;

    /// <summary>The digests into their slots.</summary>
    public EfuseStage Digests(SecureBootSlots slots)
    {
        SecureBootSlot[] wanted = [.. slots.All.Where(slot => slot.Wanted is not null)];
        return new EfuseStage("Key", $"burn {string.Join(", ", wanted.Select(slot => $"the digest of {slot.Wanted} as {slot.Purpose.Name}"))}", [.. wanted.Select(Request)]);

        static EfuseRequest Request(SecureBootSlot slot) => new EfuseKeyRequest
        {
            Block = slot.Block,
            Purpose = slot.Purpose.Name,
            Key = new EfuseKey(slot.Wanted!.For(slot.Length)),
            IsDigest = true,
        };
    }

    /// <summary>The key of version 1, hidden.</summary>
    public EfuseStage Key(KeyPurpose purpose, byte[] key)
    {
        var stage = new EfuseStage("Key", $"burn the key of secure boot v1 into {purpose.Block}, hidden", [new EfuseKeyRequest { Purpose = purpose.Name, Key = new EfuseKey(key) }]);
        Array.Clear(key, 0, key.Length);
        return stage;
    }

    /// <summary>Secure boot itself.</summary>
    public EfuseStage Enable(IEnumerable<SigningKeyType> keyTypes)
    {
        SecureBootFacts facts = Security.SecureBoot!;
        string field = options.Version == SecureBootVersion.V1 ? facts.EnableV1Field! : facts.EnableField;
        bool isLong = keyTypes.Contains(SigningKeyType.EcdsaP384) && snapshot.Table.Find(Sha384Field) is not null;
        string[] fields = [.. isLong ? [Sha384Field] : Array.Empty<string>(), field];
        return new EfuseStage("Enable", $"switch secure boot v{(int)options.Version} on", [.. fields.Select(Set)]);
    }

    /// <summary>No key in place of those that were not given; null where nothing can be revoked, or nothing shall be.</summary>
    public EfuseStage? Revoke(SecureBootSlots slots)
    {
        SecureBootSlot[] unused = [.. slots.All.Where(slot => slot is { RevokeField: not null, Present: null, Wanted: null } && options.RevokeUnused)];
        return unused.Length == 0 ? null : new EfuseStage(
            "Revoke", $"revoke the unused slots {string.Join(", ", unused.Select(slot => slot.Number))}", [.. unused.Select(slot => Set(slot.RevokeField!))]);
    }

    /// <summary>The doors around the check, and that nobody hides a digest.</summary>
    /// <param name="missed">Told what can no longer be closed.</param>
    public EfuseStage Lock(ICollection<string> missed)
    {
        List<EfuseRequest> requests = [.. DoorLocks.Requests(snapshot, [.. DoorLocks.Fields, SoftJtagField], missed)];
        if (options.AggressiveRevoke)
        {
            requests.Add(Set(AggressiveField));
        }

        bool keepsDigests = options.Version == SecureBootVersion.V2;
        if (keepsDigests)
        {
            requests.Add(new EfuseProtectionRequest { Name = "RD_DIS", Protection = EfuseProtection.Write });
        }

        return new EfuseStage("Lock", $"close JTAG and other ways of starting{(keepsDigests ? ", and keep the digests readable" : string.Empty)}", requests);
    }

    /// <summary>The loader; null to keep it.</summary>
    public EfuseStage? Close() => options.DownloadMode switch
    {
        DownloadModeGoal.Secure => new EfuseStage("Close", "leave the loader flash writes alone", [Set(Security.SecureDownloadField!)]),
        DownloadModeGoal.Disabled => new EfuseStage("Close", "close the loader for good", [Set(Security.DownloadDisabledField)]),
        _ => null,
    };

    private static EfuseRequest Set(string field) => new EfuseValueRequest { Field = field, Value = 1 };
}
