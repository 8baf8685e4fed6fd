using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Rules for a plan as a whole, regardless of how its bits were requested: by name, as a mask or one by one. Also warnings
/// about requests that espefuse accepts (efuse-rules.md, section 5, last paragraph).
/// </summary>
internal static class EfusePlanChecks
{
    public static void Check(EfuseBurnQueue queue)
    {
        foreach (EfuseBlockFacts block in queue.Chip.Efuse.Blocks)
        {
            CheckKey(queue, block);
            CheckKeyIsHidden(queue, block);
            CheckKeyHasPurpose(queue, block);
            CheckDigestStaysReadable(queue, block);
        }

        foreach (EfuseField field in queue.Snapshot.Table.Fields.Where(field => field.NotWith is not null))
        {
            CheckPair(queue, field, queue.Snapshot.Table.Get(field.NotWith!));
        }

        CheckSecureDownload(queue);
        EncryptionChecks.Check(queue);
        LaterChecks.Check(queue);
    }

    // Another request of the same plan must not add bits to the key or turn its purpose into another one.
    private static void CheckKey(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        IReadOnlyList<KeyClaim> claims = queue.ClaimsOn(block.Index);
        bool samePurpose = claims.Count == 0
            || queue.PurposeAfter(block) is not { } purpose
            || purpose == (ulong)claims[0].Purpose!.Id!;
        if (!samePurpose || claims.Any(claim => !queue.HoldsAlone(block.Index, claim)))
        {
            queue.Refuse(new EfuseException(
                ErrorCode.KeyBlockInUse,
                $"{block.Name} gets a key in this burn, and something else wants to set bits of it or of its purpose.",
                "Leave one of the two out.")
            { Target = block.Name });
        }

        if (claims.Count == 1 && claims[0].Slot.Part != KeyBlockPart.Whole && !queue.IsSetAlready(block.Index, claims[0].Words))
        {
            queue.Warn($"{block.Name} takes one write only, and this burn fills half of it: the other half can never get a key of its own.");
        }
    }

    // Regardless of how key and purpose were requested: as a key, or as data and a number.
    private static void CheckKeyIsHidden(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        if (!queue.Snapshot.IsWritable(queue.Snapshot.Table.Get(EfuseRole.ReadDisable)))
        {
            return;
        }

        foreach (KeyPurpose purpose in ReadableKeys(queue, block))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.KeyReadable,
                $"The key for {purpose.Name} in {block.Name} would stay readable for any software, although the hardware can hide it.",
                "Burn it with its read protection; hidden, the hardware still uses it.")
            { Target = block.Name });
        }
    }

    private static IEnumerable<KeyPurpose> ReadableKeys(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        if (queue.ClaimsOn(block.Index) is { Count: > 0 } claims)
        {
            return claims
                .Where(claim => claim is { LeaveReadable: true, Purpose.ReadProtect: true } && !queue.IsSetAlready(block.Index, claim.Words) && !claim.Slot.ReadDisableBits.All(queue.IsReadDisabledAfter))
                .Select(claim => claim.Purpose!);
        }

        if (queue.Snapshot.Table.FindPurposeOf(block.Index) is not { } field || queue.IsEmptyAfter(block.Index) || queue.IsReadDisabledAfter(block.ReadDisableBit!.Value))
        {
            return [];
        }

        bool isNew = queue.AddsBits(block.Index) || queue.NumberAfter(field) != queue.Snapshot.GetWholeNumber(field);
        return isNew && KeyPurposeLookup.Find(queue.Chip, queue.NumberAfter(field)) is { ReadProtect: true } purpose ? [purpose] : [];
    }

    // Where the block decides on the purpose (ESP32, ESP32-C2), data in it is a key in the wrong order that anybody can read;
    // fields of a user's own table are exempt, because the table declares the block as the user's.
    private static void CheckKeyHasPurpose(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        if (!block.HasPurpose
            && queue.AddsBitsBeside(block.Index, queue.Snapshot.Table.Fields.Where(field => field.Category == UserFieldBinder.Category))
            && queue.ClaimsOn(block.Index).All(claim => claim.Purpose is null)
            && queue.Chip.KeyPurposes.FirstOrDefault(bound => bound.Block == block.Name && bound.ReadProtect) is { } usual)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.KeyWithoutPurpose,
                $"{block.Name} is where the {queue.Chip.Name} takes its key for {usual.Name} from; bytes without a purpose are neither stored last byte first nor hidden there.",
                "Burn a key with its purpose, and data of your own into another block.")
            { Target = block.Name });
        }
    }

    private static void CheckDigestStaysReadable(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        // When halves are hidden separately, the digest is in the upper half.
        if ((block.UpperHalfReadDisableBit ?? block.ReadDisableBit) is { } bit && !queue.Snapshot.IsReadDisabled(bit) && queue.IsReadDisabledAfter(bit) && ProtectionPlanner.IsDigest(queue, block))
        {
            queue.Refuse(ProtectionPlanner.DigestMustStayReadable(block));
        }
    }

    private static void CheckSecureDownload(EfuseBurnQueue queue)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        SecurityFacts security = queue.Chip.Security;
        if (snapshot.Table.Find(EfuseRole.SecureDownload) is { } field
            && security.SecureDownloadFaultyRevisions.Contains(snapshot.Revision)
            && snapshot.GetNumber(field) == 0
            && queue.NumberAfter(field) != 0)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.SecureDownloadFault,
                $"In secure download mode the {queue.Chip.Name} of revision {snapshot.Revision / 100}.{snapshot.Revision % 100} gives its flash no power: nothing can be written there through the loader any more.",
                "The vendor's advice is not to use that mode on this revision: keep the loader, or close it altogether.")
            { Target = field.Name });
        }
    }

    private static void CheckPair(EfuseBurnQueue queue, EfuseField field, EfuseField other)
    {
        bool isSet = queue.Snapshot.GetNumber(field) != 0 && queue.Snapshot.GetNumber(other) != 0;
        if (!isSet && queue.NumberAfter(field) != 0 && queue.NumberAfter(other) != 0)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EfusePairLocksOut,
                $"{field.Name} and {other.Name} together lock out the {queue.Chip.Name}: one of them must stay clear.",
                "Set one of the two only.")
            { Target = field.Name });
        }
    }
}
