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
/// The bits that a plan has gathered so far, on top of a snapshot, with the checks of efuse-rules.md, section 5 that apply to
/// any bit. Planners add to it; <see cref="Close"/> checks the blocks and makes the plan.
/// </summary>
internal sealed class EfuseBurnQueue
{
    private readonly uint[][] _pending;
    private readonly Refusals _liftable;
    private readonly Dictionary<int, List<KeyClaim>> _keys = [];
    private readonly HashSet<int> _named = [];
    private readonly List<EfusePlanStep> _steps = [];
    private readonly List<EfuseException> _refusals = [];
    private readonly List<string> _warnings = [];

    public EfuseBurnQueue(EfuseSnapshot snapshot, EfusePlanOptions options)
    {
        Snapshot = snapshot;
        Options = options;
        _liftable = new Refusals(RefusalCatalog.EfuseBurn, options.Allow, refusal => Warn(refusal.Message));
        _pending = [.. Chip.Efuse.Blocks.Select(block => new uint[block.Words])];
    }

    public EfuseSnapshot Snapshot { get; }

    public ChipDefinition Chip => Snapshot.Chip;

    public EfusePlanOptions Options { get; }

    public void Refuse(EfuseException refusal) => _refusals.Add(refusal);

    /// <summary>Raises a refusal that can be lifted; once lifted, it is a warning.</summary>
    public void RefuseUnlessAllowed(EfuseException refusal)
    {
        if (!_liftable.Lifts(refusal))
        {
            Refuse(refusal);
        }
    }

    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>Queues bits of a block and adds a line to the plan, without checks.</summary>
    /// <param name="block">The block.</param>
    /// <param name="bits">Its words, with the bits to burn.</param>
    /// <param name="length">Number of bits written, ones and zeros.</param>
    /// <param name="name">Field or block, for display.</param>
    /// <param name="change">The change, for display.</param>
    /// <param name="reason">The reason, for display.</param>
    /// <param name="isProtection">True for protection.</param>
    /// <param name="isMixed">True when bits that the request lacks stay beside it.</param>
    /// <param name="isSkipped">True for a key that is there already and cannot be compared.</param>
    public void Add(
        EfuseBlockFacts block, uint[] bits, int length, string name, string change, string reason, bool isProtection = false, bool isMixed = false, bool isSkipped = false)
    {
        int[] numbers = block.Index == 0 ? [.. Enumerable.Range(0, 32 * block.Words).Where(bit => (bits[bit / 32] & ~WordAfter(0, bit / 32) & (1u << (bit % 32))) != 0)] : [];
        bool isDone = Enumerable.Range(0, block.Words).All(word => (bits[word] & ~WordAfter(block.Index, word)) == 0);
        for (int word = 0; word < block.Words; word++)
        {
            _pending[block.Index][word] |= bits[word];
        }

        _steps.Add(new EfusePlanStep
        {
            Name = name,
            Block = block.Index,
            BlockName = block.Name,
            Change = change,
            Reason = reason,
            IsDone = isDone,
            Bits = block.Index == 0 ? numbers.Length : isDone ? 0 : length,
            Numbers = numbers,
            IsProtection = isProtection,
            IsMixed = isMixed,
            IsSkipped = isSkipped,
            Block0Bits = block.Index == 0 ? [.. bits] : null,
        });
    }

    /// <summary>Finds a block by name, alias or <c>BLOCK</c> and number; null when there is none.</summary>
    public EfuseBlockFacts? FindBlock(string name) => Chip.Efuse.Blocks.FirstOrDefault(block =>
        new[] { block.Name, $"BLOCK{block.Index}" }.Concat(block.Aliases).Contains(name, StringComparer.OrdinalIgnoreCase));

    public EfuseBlockFacts GetBlock(string name) => FindBlock(name) ?? throw new EfuseException(
        ErrorCode.EfuseNotFound,
        $"There is no eFuse block '{name}' on the {Chip.Name}.",
        $"Its blocks are {string.Join(", ", Chip.Efuse.Blocks.Select(block => block.Name))}.")
    { Target = name };

    /// <summary>The word of a block as it will be when everything queued is burned.</summary>
    public uint WordAfter(int block, int word) => Snapshot.GetWords(block)[word] | _pending[block][word];

    /// <summary>True when bits under a mask are queued that are neither in the block nor among these.</summary>
    public bool IsAskedDifferently(int block, IReadOnlyList<uint> mask, IReadOnlyList<uint> bits) =>
        Enumerable.Range(0, _pending[block].Length).Any(word => (_pending[block][word] & mask[word] & ~bits[word] & ~Snapshot.GetWords(block)[word]) != 0);

    /// <summary>The number in a field, with its <see cref="EfuseField.HighField"/>, as it will be when everything queued is burned.</summary>
    public ulong NumberAfter(EfuseField field) => EfuseBits.ToNumber(BytesAfter(field));

    /// <summary>The number in the field of a role as it will be when everything queued is burned; 0 when the chip has none.</summary>
    public ulong NumberAfter(EfuseRole role) => Snapshot.Table.Find(role) is { } field ? NumberAfter(field) : 0;

    /// <summary>The purpose of a key block as it will be when everything queued is burned; null when the block has none.</summary>
    public ulong? PurposeAfter(EfuseBlockFacts block) => Snapshot.Table.FindPurposeOf(block.Index) is { } field ? NumberAfter(field) : null;

    /// <summary>The bits of a field, with its <see cref="EfuseField.HighField"/>, as they will be when everything queued is burned.</summary>
    public byte[] BytesAfter(EfuseField field) => EfuseBits.Gather(
        [.. Enumerable.Range(0, _pending[field.Block].Length).Select(word => WordAfter(field.Block, word))],
        Snapshot.Table.GetWholeRanges(field),
        Snapshot.GetWholeBitLength(field));

    /// <summary>Access by role to the eFuses as they will be.</summary>
    public EfuseView ViewAfter => new(
        Chip, Snapshot.Revision, address => Snapshot.Locate(address, out int block, out int word) ? WordAfter(block, word) : Snapshot.ReadRegister(address));

    /// <summary>The chip as it will be when everything queued is burned. Keys in it are visible: the caller clears it.</summary>
    public EfuseSnapshot TakeSnapshotAfter() => Snapshot.WithWords(WordAfter);

    /// <summary>True when this bit of RD_DIS is set now or will be.</summary>
    public bool IsReadDisabledAfter(int bit) => (NumberAfter(EfuseRole.ReadDisable) >> bit & 1) != 0;

    /// <summary>True when nothing is queued for the block.</summary>
    public bool IsUntouched(int block) => _pending[block].All(word => word == 0) && !_keys.ContainsKey(block);

    /// <summary>True when the block is empty, as far as it can be read, and will stay empty.</summary>
    public bool IsEmptyAfter(int block) => Enumerable.Range(0, _pending[block].Length).All(word => WordAfter(block, word) == 0);

    /// <summary>True when a bit of the block goes from 0 to 1.</summary>
    public bool AddsBits(int block) => !IsSetAlready(block, _pending[block]);

    /// <summary>True when a bit of the block outside the given fields goes from 0 to 1.</summary>
    public bool AddsBitsBeside(int block, IEnumerable<EfuseField> fields)
    {
        uint[] beside = (uint[])_pending[block].Clone();
        foreach (int bit in fields.Where(field => field.Block == block).SelectMany(field => field.Ranges).SelectMany(range => Enumerable.Range(range.Start, range.Count)))
        {
            beside[bit / 32] &= ~(1u << (bit % 32));
        }

        bool adds = !IsSetAlready(block, beside);
        Array.Clear(beside, 0, beside.Length);
        return adds;
    }

    /// <summary>Reserves a block for the request that names it.</summary>
    public void Keep(string? name)
    {
        if (name is not null && FindBlock(name) is { } block)
        {
            _named.Add(block.Index);
        }
    }

    /// <summary>True when a request names the block.</summary>
    public bool IsNamed(int block) => _named.Contains(block);

    /// <summary>Claims the block, or half of it, for a key; a second key for it is refused.</summary>
    public void ClaimForKey(EfuseBlockFacts block, KeyClaim claim)
    {
        IReadOnlyList<KeyClaim> others = ClaimsOn(block.Index);
        if (claim.Slot.Words.Any(word => _pending[block.Index][word] != 0 || others.Any(other => other.Slot.Words.Contains(word))))
        {
            throw new EfuseException(ErrorCode.KeyBlockInUse, $"{block.Name} is wanted twice in one burn.", "Choose another block for one of them.") { Target = block.Name };
        }

        _keys[block.Index] = [.. others, claim];
    }

    /// <summary>The keys that the block gets in this plan.</summary>
    public IReadOnlyList<KeyClaim> ClaimsOn(int block) => _keys.TryGetValue(block, out List<KeyClaim> claims) ? claims : [];

    /// <summary>True when a key will be in its place, without foreign bits.</summary>
    public bool HoldsAlone(int block, KeyClaim claim) => claim.Slot.Words.All(word => claim.Words[word] == WordAfter(block, word));

    /// <summary>True when no bit would go from 0 to 1.</summary>
    public bool IsSetAlready(int block, IReadOnlyList<uint> bits) =>
        Enumerable.Range(0, _pending[block].Length).All(word => (bits[word] & ~Snapshot.GetWords(block)[word]) == 0);

    /// <summary>Refuses targets that cannot take bits: write-protected, or hidden and thus not verifiable.</summary>
    public void RequireBurnable(string name, bool writable, bool readable)
    {
        if (!writable)
        {
            throw new EfuseException(ErrorCode.EfuseWriteProtected, $"{name} is write-protected: it can never be burned again.") { Target = name };
        }

        if (!readable)
        {
            throw new EfuseException(ErrorCode.EfuseReadProtected, $"{name} is read-protected: its contents cannot be read, so it is not burned.") { Target = name };
        }
    }

    /// <summary>Queues write protection by a bit of WR_DIS.</summary>
    public void ProtectWriting(string name, int bit, string reason) => Protect(name, EfuseRole.WriteDisable, bit, reason);

    /// <summary>Queues read protection by bits of RD_DIS. Does not check the data that they hide.</summary>
    public void ProtectReading(string name, IEnumerable<int> bits, string reason)
    {
        foreach (int bit in bits)
        {
            Protect(name, EfuseRole.ReadDisable, bit, reason);
        }
    }

    /// <summary>Checks the blocks as wholes and makes the plan.</summary>
    public EfusePlan Close()
    {
        List<EfuseBlockWrite> writes = [];
        foreach (EfuseBlockFacts block in Chip.Efuse.Blocks.Reverse())
        {
            try
            {
                writes.AddRange(EfuseBlockCloser.Close(this, block, _pending[block.Index]));
            }
            catch (EfuseException refusal)
            {
                Refuse(refusal);
            }
        }

        EfusePlanChecks.Check(this);
        if (_refusals.Count > 0)
        {
            writes.ForEach(write => write.Clear());
            writes.Clear();
        }

        EfuseBits.Clear(_pending);
        EfuseBits.Clear(_keys.Values.SelectMany(claims => claims).Select(claim => claim.Words));
        return new EfusePlan(Snapshot, [.. _steps.Select(step => step with { BurnPhase = PhaseOf(step, writes) })], _refusals, _warnings, writes);
    }

    // The last of the program commands that carry bits of the step.
    private static EfuseBurnPhase PhaseOf(EfusePlanStep step, IEnumerable<EfuseBlockWrite> writes) => writes
        .Where(write => write.Block.Index == 0 && step.Block0Bits is { } bits && write.Words.Where((word, i) => (word & bits[i]) != 0).Any())
        .Select(write => write.Phase)
        .DefaultIfEmpty(EfuseBurnPhase.Normal)
        .Max();

    private void Protect(string name, EfuseRole mask, int bit, string reason)
    {
        EfuseField field = Snapshot.Table.Get(mask);
        uint[] bits = EfuseBits.Spread(BitConverter.GetBytes(1UL << bit), field.Ranges, _pending[field.Block].Length);
        bool done = IsSetAlready(field.Block, bits);
        if (!done && !Snapshot.IsWritable(field))
        {
            throw new EfuseException(
                ErrorCode.EfuseWriteProtected,
                $"{name} cannot be protected: {field.Name} is write-protected on this chip.",
                "Leave the protection out, or use another chip.")
            { Target = name };
        }

        string kind = mask == EfuseRole.WriteDisable ? "write" : "read";
        string change = done ? $"is {kind} protected already" : $"{kind} protected for good ({field.Name} bit {bit})";
        Add(Chip.Efuse.Blocks[field.Block], bits, length: 1, name, change, reason, isProtection: true);
    }
}
