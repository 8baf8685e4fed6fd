using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Plans a key: bytes, purpose, write protection of the purpose, read and write protection of the block, in this order
/// (efuse-rules.md, sections 6 and 7). A key that is already there counts as done, and missing protection is added.
/// </summary>
internal sealed class KeyPlanner
{
    private readonly EfuseBurnQueue _queue;
    private readonly EfuseSnapshot _snapshot;
    private readonly KeyPurposeChecks _purposes;

    public KeyPlanner(EfuseBurnQueue queue)
    {
        _queue = queue;
        _snapshot = queue.Snapshot;
        _purposes = new KeyPurposeChecks(queue);
    }

    /// <summary>Plans a key.</summary>
    /// <param name="request">The key, its purpose and protections.</param>
    /// <param name="after">Block after which the search for a free one starts; null to start with the first.</param>
    /// <returns>The block it goes to.</returns>
    public EfuseBlockFacts Plan(EfuseKeyRequest request, EfuseBlockFacts? after = null)
    {
        KeyPurpose? purpose = _purposes.Find(request.Purpose ?? PurposeMeantBy(request.Block));
        if (request.IsDigest && purpose is not { IsDigest: true })
        {
            throw _purposes.Invalid($"The digest of a public key needs a purpose for digests, and {purpose?.Name ?? "none"} is not one.", purpose?.Name);
        }

        if (request.SkipExisting && purpose is not null && HiddenKey.Find(_queue, purpose, request.Block) is { } existing)
        {
            Skip(request, existing, purpose);
            return existing;
        }

        byte[] bytes = request.Key.Reveal();
        uint[] words = [];
        try
        {
            if (purpose is { Reversed: true })
            {
                Array.Reverse(bytes);
            }

            EfuseBlockFacts block = ChooseBlock(request, purpose, bytes, after);
            _purposes.RequireFits(block, purpose);
            KeyWords slot = new(block, _snapshot.GetBlockLength(block.Index), purpose?.Part ?? KeyBlockPart.Whole);
            RequireLength(block, purpose, slot, bytes.Length);
            words = EfuseBits.Spread(bytes, [new EfuseBitRange(32 * slot.FirstWord, 8 * slot.Length)], block.Words);
            LeaveOutHiddenHalf(block, slot, words);
            Plan(request, block, new KeyClaim(purpose, slot, words) { LeaveReadable = !request.ReadProtect });
            return block;
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
            Array.Clear(words, 0, words.Length);
        }
    }

    private void Plan(EfuseKeyRequest request, EfuseBlockFacts block, KeyClaim claim)
    {
        KeyPurpose? purpose = claim.Purpose;
        uint[] words = claim.Words;
        RequireRoom(block, claim);
        _purposes.RequireCanBe(block, purpose);
        _queue.ClaimForKey(block, claim);
        string use = purpose is null ? "Data as it is, without a purpose" : $"Key for {purpose.Name}";
        bool present = _queue.IsSetAlready(block.Index, words);
        _queue.Add(
            block,
            words,
            8 * claim.Slot.Length,
            block.Name,
            request.IsSample ? $"a key made for this unit: {request.Key.Length} bytes"
            : $"{(present ? "holds this key already" : "key")}: {request.Key.Length} bytes, SHA-256 {request.Key.Fingerprint}...",
            use + (purpose is { Reversed: true } ? ", stored last byte first" : string.Empty));
        PlanProtection(request, block, claim);
    }

    // The claim has no bits: nothing else in the plan may add any to the key that is there.
    private void Skip(EfuseKeyRequest request, EfuseBlockFacts block, KeyPurpose purpose)
    {
        _purposes.RequireFits(block, purpose);
        KeyWords slot = new(block, _snapshot.GetBlockLength(block.Index), purpose.Part);
        RequireLength(block, purpose, slot, request.Key.Length);
        uint[] none = new uint[block.Words];
        KeyClaim claim = new(purpose, slot, none);
        _queue.ClaimForKey(block, claim);
        _queue.Add(
            block,
            none,
            8 * slot.Length,
            block.Name,
            "holds a hidden key already: not compared, fingerprint unknown",
            $"Key for {purpose.Name}, left as it is",
            isSkipped: true);
        PlanProtection(request, block, claim);
    }

    private void PlanProtection(EfuseKeyRequest request, EfuseBlockFacts block, KeyClaim claim)
    {
        KeyPurpose? purpose = claim.Purpose;
        if (_snapshot.Table.FindPurposeOf(block.Index) is { } field)
        {
            PlanPurpose(field, purpose!);
            _queue.ProtectWriting(field.Name, field.WriteDisableBit!.Value, $"The purpose of {block.Name} must stay what it is");
        }

        if (purpose?.Sets is { } also && _snapshot.Table.Find(also) is { } flag)
        {
            new FieldPlanner(_queue).Set(flag, [1], $"A key for {purpose.Name} needs it");
        }

        if (purpose is { ReadProtect: true } && request.ReadProtect)
        {
            if (claim.Slot.Part == KeyBlockPart.Whole)
            {
                ProtectionPlanner.RequireMayHide(_queue, block);
            }

            _queue.ProtectReading(block.Name, claim.Slot.ReadDisableBits, $"Software must not read a key for {purpose.Name}");
        }

        if (request.WriteProtect && block.WriteDisableBit is { } writeBit)
        {
            _queue.ProtectWriting(block.Name, writeBit, "Nobody can spoil the key by adding bits");
        }
    }

    // On the ESP32, blocks also have names by purpose: flash_encryption means more than BLOCK1.
    private string? PurposeMeantBy(string? block) => block is null ? null : KeyPurposeLookup.Find(_queue.Chip, block)?.Name;

    private EfuseBlockFacts ChooseBlock(EfuseKeyRequest request, KeyPurpose? purpose, byte[] bytes, EfuseBlockFacts? after)
    {
        string? name = request.Block ?? purpose?.Block;
        if (name is not null)
        {
            return _queue.GetBlock(name);
        }

        return purpose?.Id is null
            ? throw new EfuseException(ErrorCode.EfuseNotFound, "A key without a purpose needs a block to go to.", $"Blocks of the {_queue.Chip.Name}: {string.Join(", ", _queue.Chip.Efuse.Blocks.Skip(1).Select(block => block.Name))}.")
            : FreeKeyBlock.Find(_queue, purpose, bytes, after);
    }

    private static void RequireLength(EfuseBlockFacts block, KeyPurpose? purpose, KeyWords slot, int length)
    {
        // Half a block keeps the first half of a digest (efuse-rules.md, section 7).
        bool isCut = purpose is { IsDigest: true } && slot.Part != KeyBlockPart.Whole && length == 2 * slot.Length;
        if (length != slot.Length && !isCut)
        {
            throw new EfuseException(
                ErrorCode.KeyLength,
                $"A key{(purpose is null ? string.Empty : $" for {purpose.Name}")} in {block.Name} of this chip has {slot.Length} bytes, not {length}.",
                slot.Length == 24 ? "This chip has 3/4 coding, which shortens its blocks." : "Check that the file is the key itself and not text of it.")
            { Target = block.Name };
        }
    }

    // A burn that was interrupted between hiding the two halves of a block: the hidden half was compared before; the other must
    // still be hidden.
    private void LeaveOutHiddenHalf(EfuseBlockFacts block, KeyWords slot, uint[] words)
    {
        int[] hidden = [.. slot.ReadDisableBits.Where(_snapshot.IsReadDisabled)];
        if (slot.Part != KeyBlockPart.Whole || hidden.Length != 1 || slot.ReadDisableBits.Count != 2)
        {
            return;
        }

        KeyWords half = new(block, _snapshot.GetBlockLength(block.Index), hidden[0] == block.ReadDisableBit ? KeyBlockPart.Lower : KeyBlockPart.Upper);
        IReadOnlyList<uint> present = _snapshot.GetWords(block.Index);
        if (slot.Words.Except(half.Words).All(word => present[word] == words[word]))
        {
            Array.Clear(words, half.FirstWord, half.WordCount);
            _queue.Warn($"Half of {block.Name} is hidden already and cannot be compared; the other half is that of this key.");
        }
    }

    private void RequireRoom(EfuseBlockFacts block, KeyClaim claim)
    {
        if (claim.Words.All(word => word == 0))
        {
            throw new EfuseException(ErrorCode.EfuseValueInvalid, $"The key for {block.Name} is all zeros, which is what an empty block holds.", "Check the key.") { Target = block.Name };
        }

        if (claim.Slot.ReadDisableBits.Any(_snapshot.IsReadDisabled) && !_queue.IsSetAlready(block.Index, claim.Words))
        {
            throw InUse(block, "is read-protected: the key in it cannot be compared with this one");
        }

        IReadOnlyList<uint> present = _snapshot.GetWords(block.Index);
        bool isEmpty = claim.Slot.Words.All(word => present[word] == 0);
        if (_queue.IsSetAlready(block.Index, claim.Words))
        {
            if (claim.Slot.Words.Any(word => present[word] != claim.Words[word]))
            {
                throw InUse(block, "holds another key");
            }

            return;
        }

        if (block.WriteDisableBit is { } writeBit && _snapshot.IsWriteDisabled(writeBit))
        {
            throw isEmpty
                ? new EfuseException(ErrorCode.EfuseWriteProtected, $"{block.Name} is empty and write-protected: it can never hold a key.", "Choose another block.") { Target = block.Name }
                : InUse(block, "holds another key and is write-protected");
        }

        // A key may be completed from bits that all belong to it, as left by an interrupted burn; EfuseBlockCloser handles
        // check bytes.
        bool mayGrow = (_snapshot.CodingScheme != EfuseCodingScheme.ReedSolomon || _snapshot.HasCodingErrors(block.Index))
            && claim.Slot.Words.All(word => (present[word] & ~claim.Words[word]) == 0);
        if (!isEmpty && !mayGrow)
        {
            throw InUse(block, "holds another key");
        }
    }

    private static EfuseException InUse(EfuseBlockFacts block, string state) => new(
        ErrorCode.KeyBlockInUse,
        $"{block.Name} {state}.",
        "Bits cannot be cleared: take another block, or another chip.")
    { Target = block.Name };

    private void PlanPurpose(EfuseField field, KeyPurpose purpose)
    {
        ulong present = _snapshot.GetWholeNumber(field);
        int wanted = purpose.Id!.Value;
        EfuseBlockFacts block = _queue.Chip.Efuse.Blocks[field.Block];
        _queue.Add(
            block,
            EfuseBits.Spread(BitConverter.GetBytes(wanted), _snapshot.Table.GetWholeRanges(field), block.Words),
            _snapshot.GetWholeBitLength(field),
            field.Name,
            present == (ulong)wanted ? $"is {purpose.Name} already" : $"{purpose.Name} ({present} -> {wanted})",
            "Tells the hardware what the key is for");
    }
}
