using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Plans write and read protection of a field or a block.</summary>
internal static class ProtectionPlanner
{
    public static void Plan(EfuseBurnQueue queue, EfuseProtectionRequest request)
    {
        EfuseField? field = queue.Snapshot.Table.Find(request.Name);
        EfuseBlockFacts? block = field is null ? queue.FindBlock(request.Name)
            : field.IsWholeBlock ? queue.Chip.Efuse.Blocks[field.Block]
            : null;
        if (field is null && block is null)
        {
            throw new EfuseException(ErrorCode.EfuseNotFound, $"There is no eFuse field or block '{request.Name}' on the {queue.Chip.Name}.") { Target = request.Name };
        }

        string name = field?.Name ?? block!.Name;
        if (request.Protection == EfuseProtection.Write)
        {
            queue.ProtectWriting(name, field?.WriteDisableBit ?? block?.WriteDisableBit ?? throw NoSuchProtection(name, "write"), WithSameBit(queue, field, request.Protection));
            return;
        }

        IReadOnlyList<int> bits = field?.ReadDisableBits ?? (block!.ReadDisableBit is { } bit ? [bit] : []);
        if (bits.Count == 0)
        {
            throw NoSuchProtection(name, "read");
        }

        if (block is not null)
        {
            RequireMayHide(queue, block);
        }

        queue.ProtectReading(name, bits, WithSameBit(queue, field, request.Protection));
    }

    /// <summary>Refuses to hide data that software must be able to read: digests and user data.</summary>
    public static void RequireMayHide(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        if (queue.Snapshot.IsReadDisabled(block.ReadDisableBit!.Value))
        {
            return;
        }

        if (IsDigest(queue, block))
        {
            throw DigestMustStayReadable(block);
        }

        KeyPurpose? purpose = FindPurposes(queue, block).FirstOrDefault();
        if (block.HasPurpose && purpose is not { ReadProtect: true })
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.DataReadProtected,
                purpose is null
                    ? $"{block.Name} has a purpose that nobody has described; what is in it would be hidden from software for good."
                    : $"{block.Name} has the purpose {purpose.Name}: software reads what is in it, and could not any more.",
                "Only keys that hardware alone uses are read protected; set the purpose first.")
            { Target = block.Name });
        }
    }

    /// <summary>True when the block holds, or will hold, the digest of a secure boot key.</summary>
    public static bool IsDigest(EfuseBurnQueue queue, EfuseBlockFacts block) =>
        FindPurposes(queue, block).Any(purpose => purpose.IsDigest) || HoldsDigestOfRunningSecureBoot(queue, block) || IsUpperHalfKeptForDigest(queue, block);

    public static EfuseException DigestMustStayReadable(EfuseBlockFacts block) => new(
        ErrorCode.DigestReadProtected,
        $"{block.Name} holds the digest of a secure boot key, which must stay readable.",
        "A read-protected digest would keep the chip from starting.")
    { Target = block.Name };

    private static IEnumerable<KeyPurpose> FindPurposes(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        if (queue.ClaimsOn(block.Index) is { Count: > 0 } claims)
        {
            return claims.Select(claim => claim.Purpose).OfType<KeyPurpose>();
        }

        return queue.PurposeAfter(block) is { } number && KeyPurposeLookup.Find(queue.Chip, number) is { } purpose
            ? [purpose]
            : [];
    }

    // On the ESP32 the block decides: with secure boot v2 on, its block holds a digest (efuse-rules.md, section 6).
    private static bool HoldsDigestOfRunningSecureBoot(EfuseBurnQueue queue, EfuseBlockFacts block) =>
        queue.Chip.KeyPurposes.Any(purpose => purpose.IsDigest && purpose.Block == block.Name)
        && queue.Snapshot.Revision >= queue.Chip.Security.SecureBootV2MinRevision
        && queue.NumberAfter(EfuseRole.SecureBootEnable) != 0;

    // One key block in two halves: the upper half holds the digest unless the whole block is a flash key (efuse-rules.md,
    // section 7).
    private static bool IsUpperHalfKeptForDigest(EfuseBurnQueue queue, EfuseBlockFacts block) =>
        block.UpperHalfReadDisableBit is not null
        && (queue.NumberAfter(EfuseRole.SecureBootEnable) != 0 || queue.NumberAfter(EfuseRole.WholeFlashKey) == 0);

    private static EfuseException NoSuchProtection(string name, string kind) => new(
        ErrorCode.EfuseValueInvalid,
        $"{name} has no {kind} protection on this chip.",
        "Leave it out.")
    { Target = name };

    private static string WithSameBit(EfuseBurnQueue queue, EfuseField? field, EfuseProtection protection)
    {
        string[] others = field is null ? [] : [.. queue.Snapshot.Table.Fields
            .Where(other => other != field && (protection == EfuseProtection.Write
                ? field.WriteDisableBit is not null && other.WriteDisableBit == field.WriteDisableBit
                : other.ReadDisableBits.Intersect(field.ReadDisableBits).Any()))
            .Select(other => other.Name)];
        return others.Length == 0 ? "As requested" : $"As requested; the same bit protects {string.Join(", ", others)}";
    }
}
