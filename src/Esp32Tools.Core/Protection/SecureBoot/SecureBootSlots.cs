using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// The digest slots of a chip and the assignment of digests to them. Digests on the chip take precedence: a second run finds
/// each digest where the first run put it, regardless of their order.
/// </summary>
internal sealed class SecureBootSlots
{
    private readonly List<SecureBootSlot> _slots = [];
    private readonly EfuseSnapshot _snapshot;

    private SecureBootSlots(EfuseSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>The slots, by number.</summary>
    public IReadOnlyList<SecureBootSlot> All => _slots;

    /// <summary>Finds the slots of a chip and assigns one to each digest.</summary>
    /// <exception cref="EfuseException">
    /// <see cref="ErrorCode.KeyBlockNotFree"/>: more digests than slots; <see cref="ErrorCode.KeyBlockInUse"/>: a requested
    /// digest is revoked on this chip.
    /// </exception>
    public static SecureBootSlots Assign(EfuseSnapshot snapshot, IReadOnlyList<SecureBootDigest> digests)
    {
        var slots = new SecureBootSlots(snapshot);
        IEnumerable<KeyPurpose> purposes = snapshot.Chip.KeyPurposes.Where(purpose => purpose.IsDigest && snapshot.Revision >= purpose.MinRevision);
        slots._slots.AddRange(purposes.Select(slots.Read));
        List<SecureBootDigest> open = [];
        foreach (SecureBootDigest digest in digests)
        {
            if (slots._slots.FirstOrDefault(slot => slots.Holds(slot, digest)) is { } holder)
            {
                holder.Wanted = holder.IsRevoked ? throw Revoked(snapshot, holder, digest) : digest;
            }
            else
            {
                open.Add(digest);
            }
        }

        foreach (SecureBootDigest digest in open)
        {
            slots.Take(digest);
        }

        return slots;
    }

    // Without coding, an interrupted burn leaves a part of the digest, and the rest can be added.
    private bool Holds(SecureBootSlot slot, SecureBootDigest digest) => slot.Present is { } present
        && (digest.Matches(present) || (_snapshot.CodingScheme == EfuseCodingScheme.None && digest.For(slot.Length) is var whole && present.Where((value, i) => (value & ~whole[i]) != 0).Any() is false));

    private void Take(SecureBootDigest digest)
    {
        SecureBootSlot slot = _slots.FirstOrDefault(free => free is { Present: null, Wanted: null, IsRevoked: false }) ?? throw new EfuseException(
            ErrorCode.KeyBlockNotFree,
            $"There is no place on this {_snapshot.Chip.Name} for the digest {digest}: it keeps {_slots.Count}, {_slots.Count(taken => taken.Present is not null || taken.Wanted is not null)} of them taken and {_slots.Count(taken => taken.IsRevoked)} revoked.",
            "Name fewer keys, and those that the chip has already.")
        { Target = digest.Name };
        slot.Wanted = digest;

        // A burn interrupted between two blocks leaves the digest without its purpose: then that block is used.
        slot.Block ??= _snapshot.Chip.Efuse.Blocks
            .FirstOrDefault(block => _snapshot.GetPurpose(block.Index) == 0
                && EfuseBits.ToBytes(_snapshot.GetWords(block.Index)) is var bytes
                && bytes.Any(value => value != 0)
                && digest.Matches(bytes))?.Name;
    }

    private SecureBootSlot Read(KeyPurpose purpose, int number)
    {
        EfuseBlockFacts? block = purpose.Id is { } id && purpose.Block is null
            ? _snapshot.Chip.Efuse.Blocks.FirstOrDefault(candidate => _snapshot.GetPurpose(candidate.Index) == (ulong)id)
            : _snapshot.Chip.Efuse.Blocks.First(candidate => candidate.Name == purpose.Block);
        byte[]? present = block is null ? null : EfuseBits.ToBytes(_snapshot.GetWords(block.Index));
        present = present is not null && purpose.Part == KeyBlockPart.Upper ? [.. present.Skip(present.Length / 2)] : present;

        // If the purpose has its own field, a set purpose takes the slot even without a digest; otherwise the contents of the
        // block decide.
        bool isTaken = present is not null && (purpose.Block is null || present.Any(value => value != 0));
        EfuseField? revoke = _snapshot.Table.Find(EfuseRoles.DigestRevoke(number));
        return new SecureBootSlot
        {
            Number = number,
            Purpose = purpose,
            Length = purpose.Part == KeyBlockPart.Whole ? SecureBootDigest.Size : SecureBootDigest.Size / 2,
            Present = isTaken ? present : null,
            Block = isTaken ? block!.Name : null,
            RevokeField = revoke?.Name,
            IsRevoked = revoke is not null && _snapshot.GetNumber(revoke) != 0,
        };
    }

    private static EfuseException Revoked(EfuseSnapshot snapshot, SecureBootSlot slot, SecureBootDigest digest) => new(
        ErrorCode.KeyBlockInUse,
        $"The digest {digest} is in {slot.Block} of this {snapshot.Chip.Name} and revoked: what its key signs does not start.",
        "Sign with another key, or use another chip.")
    { Target = slot.Block };
}
