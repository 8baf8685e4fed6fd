using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// The eFuse stages of secure boot, in the vendor's order (ESP-IDF, "Security Features Enablement Workflows", enable secure
/// boot v2 externally; "Secure Boot", v1).
/// </summary>
internal sealed class SecureBootStages(EfuseSnapshot snapshot, SecureBootOptions options)
{
    /// <summary>Burns the digests into their slots.</summary>
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

    /// <summary>Burns the key of version 1, read-protected.</summary>
    public EfuseStage Key(KeyPurpose purpose, byte[] key)
    {
        var stage = new EfuseStage("Key", $"burn the key of secure boot v1 into {purpose.Block}, hidden", [new EfuseKeyRequest { Purpose = purpose.Name, Key = new EfuseKey(key) }]);
        Array.Clear(key, 0, key.Length);
        return stage;
    }

    /// <summary>Switches secure boot on.</summary>
    public EfuseStage Enable(IEnumerable<SigningKeyType> keyTypes)
    {
        List<EfuseRequest> requests = [];
        if (keyTypes.Contains(SigningKeyType.EcdsaP384) && snapshot.Table.Find(EfuseRole.SecureBootSha384) is { } sha384)
        {
            requests.Add(Set(sha384.Name));
        }

        requests.Add(Set(options.Version == SecureBootVersion.V1 ? EfuseRole.SecureBootV1Enable : EfuseRole.SecureBootEnable));
        return new EfuseStage("Enable", $"switch secure boot v{(int)options.Version} on", requests);
    }

    /// <summary>Revokes the empty slots; null when nothing can or must be revoked.</summary>
    public EfuseStage? Revoke(SecureBootSlots slots)
    {
        SecureBootSlot[] unused = [.. slots.All.Where(slot => slot is { RevokeField: not null, Present: null, Wanted: null } && options.RevokeUnused)];
        return unused.Length == 0 ? null : new EfuseStage(
            "Revoke", $"revoke the unused slots {string.Join(", ", unused.Select(slot => slot.Number))}", [.. unused.Select(slot => Set(slot.RevokeField!))]);
    }

    /// <summary>Closes the ways around the check, and locks RD_DIS so that nobody can hide a digest.</summary>
    /// <param name="missed">Receives a warning for each lock that is no longer possible.</param>
    public EfuseStage Lock(ICollection<string> missed)
    {
        // Flash encryption leaves JTAG to the holder of its HMAC key; secure boot does not.
        List<EfuseRequest> requests = [.. DoorLocks.Requests(snapshot, [.. DoorLocks.Roles, EfuseRole.SoftJtagDisable], missed)];
        if (options.AggressiveRevoke)
        {
            requests.Add(Set(EfuseRole.AggressiveRevoke));
        }

        bool keepsDigests = options.Version == SecureBootVersion.V2;
        if (keepsDigests)
        {
            requests.Add(new EfuseProtectionRequest { Name = snapshot.Table.Get(EfuseRole.ReadDisable).Name, Protection = EfuseProtection.Write });
        }

        return new EfuseStage("Lock", $"close JTAG and other ways of starting{(keepsDigests ? ", and keep the digests readable" : string.Empty)}", requests);
    }

    /// <summary>Closes or restricts the loader; null to keep it.</summary>
    public EfuseStage? Close() => options.DownloadMode switch
    {
        DownloadModeGoal.Secure => new EfuseStage("Close", "leave the loader flash writes alone", [Set(EfuseRole.SecureDownload)]),
        DownloadModeGoal.Disabled => new EfuseStage("Close", "close the loader for good", [Set(EfuseRole.DownloadDisable)]),
        _ => null,
    };

    private EfuseRequest Set(EfuseRole role) => Set(snapshot.Table.Get(role).Name);

    private static EfuseRequest Set(string field) => new EfuseValueRequest { Field = field, Value = 1 };
}
