using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Efuse.Burn;

/// <summary>
/// Burns a plan: blocks from the highest down, block 0 last and its protection bits at the very end, each read back before the
/// next. A key is thus compared before it is hidden. Bits that did not burn are burned again, up to three times in all, with
/// exactly the same words, so that a Reed-Solomon block gets no bit outside its code word. There is no retry after a failed
/// connection.
/// </summary>
public sealed class EfuseBurner
{
    // efuse-rules.md, section 1; the vendor's tools keep to the same limits on the newer chips.
    private const int MaxAttempts = 3;
    private const int MaxReads = 5;

    private readonly IRegisterAccess _registers;
    private readonly ChipDefinition _chip;
    private readonly EfusePlan _plan;
    private readonly IEfuseController _controller;
    private readonly List<string> _done = [];

    private EfuseBurner(IRegisterAccess registers, IClock clock, ChipDefinition chip, int crystalMHz, EfusePlan plan)
    {
        _registers = registers;
        _chip = chip;
        _plan = plan;
        EfuseRegisterPort port = new(registers, clock, chip, crystalMHz);
        _controller = chip.Efuse.Generation == EfuseGeneration.Esp32
            ? new Esp32EfuseController(port, plan.Snapshot.CodingScheme)
            : new ReedSolomonEfuseController(port);
    }

    /// <summary>Burns a plan and reads it back. Afterwards the plan is used up in any case.</summary>
    /// <param name="registers">The device.</param>
    /// <param name="clock">The clock for delays.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="crystalMHz">Its crystal in MHz.</param>
    /// <param name="plan">The plan to burn.</param>
    /// <param name="cancellationToken">
    /// Cancels the burn before the first bit. After that the burn completes, which takes well under a second: a key without its
    /// protection would be worse than the wait.
    /// </param>
    /// <exception cref="EfuseException">
    /// The plan's first refusal; <see cref="ErrorCode.EfusePlanStale"/>: the chip or its state differs from that of the plan;
    /// <see cref="ErrorCode.EfuseCrystal"/>; <see cref="ErrorCode.EfuseTimeout"/>; <see cref="ErrorCode.EfuseBurnFailed"/>.
    /// </exception>
    /// <exception cref="LoaderException">The chip did not answer before the first bit was burned.</exception>
    public static EfuseBurnResult Burn(
        IRegisterAccess registers,
        IClock clock,
        ChipDefinition chip,
        int crystalMHz,
        EfusePlan plan,
        CancellationToken cancellationToken)
    {
        if (plan is null)
        {
            throw new ArgumentNullException(nameof(plan));
        }

        try
        {
            plan.ThrowIfRefused();
            if (plan.IsSpent || plan.Chip != chip)
            {
                throw Stale(plan.IsSpent ? "This plan was burned before." : $"This plan is for the {plan.Chip.Name}, and the chip is an {chip.Name}.");
            }

            return new EfuseBurner(registers, clock, chip, crystalMHz, plan).Burn(cancellationToken);
        }
        finally
        {
            plan.Dispose();
        }
    }

    private EfuseBurnResult Burn(CancellationToken cancellationToken)
    {
        EfuseSnapshot before = EfuseReader.Read(_registers, _chip, cancellationToken);
        RequirePlannedState(before);
        if (!_plan.IsEmpty)
        {
            // If the connection was lost during a burn, the chip may still show the state before it.
            _controller.Prepare(cancellationToken);
            _controller.Reload(cancellationToken);
            RequirePlannedState(EfuseReader.Read(_registers, _chip, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            BurnAll(before);
        }

        return new EfuseBurnResult
        {
            Chip = _chip.Name,
            Warnings = new(_plan.Warnings),
            Steps = new(_plan.Steps.Select(Describe)),
        };
    }

    private static EfuseBurnStep Describe(EfusePlanStep step)
    {
        string? reason = step.IsMixed ? $"{step.Name} has bits set that were not asked for, and bits cannot be cleared."
            : step.IsSkipped ? $"{step.Name} was left alone: a hidden key for its purpose is there already, and may be another one."
            : step.IsDone || step.GetPhase() < EfuseBurnPhase.Last ? null
            : $"{step.Name} was burned together with what closes the loader, and could not be read back.";
        return new EfuseBurnStep
        {
            Name = step.Name,
            Block = step.Block,
            BlockName = step.BlockName,
            Change = step.Change,
            Burned = !step.IsDone,
            Verified = reason is null,
            UnverifiedReason = reason,
            IsProtection = step.IsProtection,
            IsSkipped = step.IsSkipped,
        };
    }

    // The plan was made for another chip, such as the previous one in the fixture, or bits were burned in between.
    private void RequirePlannedState(EfuseSnapshot present)
    {
        foreach (EfuseBlockFacts block in _chip.Efuse.Blocks)
        {
            if (!present.GetWords(block.Index).SequenceEqual(_plan.Snapshot.GetWords(block.Index)))
            {
                throw Stale($"{block.Name} of this chip is not what it was when the burn was planned.");
            }
        }
    }

    private void BurnAll(EfuseSnapshot before)
    {
        uint[][] words = [.. _chip.Efuse.Blocks.Select(block => before.GetWords(block.Index).ToArray())];
        IReadOnlyList<EfuseBlockStatus> statuses = before.GetBlockStatuses();
        foreach (EfuseBlockWrite write in _plan.Writes)
        {
            try
            {
                words[write.Block.Index] = BurnBlock(write, words[write.Block.Index], statuses);
            }
            catch (Esp32Exception failure) when (failure is not EfuseException)
            {
                throw new EfuseException(
                    ErrorCode.EfuseBurnFailed,
                    $"The connection failed while {write.Block.Name} was being burned: {failure.Message}{Progress()}",
                    "Some bits may be burned. Connect again and read the eFuses; the same burn then adds what is missing, as far as the chip allows.",
                    failure)
                { Target = write.Block.Name };
            }

            _done.Add(write.Block.Name);
        }
    }

    /// <summary>Burns one part and reads the block back; returns the words of the block.</summary>
    private uint[] BurnBlock(EfuseBlockWrite write, uint[] before, IReadOnlyList<EfuseBlockStatus> statuses)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (write.Phase >= EfuseBurnPhase.Last)
            {
                ProgramLast(write);
                return before;
            }

            _controller.Program(write.Block, write.Words, CancellationToken.None);

            string? fault = ReadBack(write, before, statuses, out uint[] after);
            if (fault is null)
            {
                return after;
            }

            if (attempt >= MaxAttempts)
            {
                throw Failed(write.Block, fault);
            }
        }
    }

    // Loading the eFuses would end the connection at once; without it, the connection ends with the next reset. A ROM that
    // checks the new bits at once refuses all register access from then on; if nothing else follows, that refusal is the burn's
    // only response.
    private void ProgramLast(EfuseBlockWrite write)
    {
        try
        {
            _controller.Program(write.Block, write.Words, CancellationToken.None);
        }
        catch (LoaderException refusal) when (refusal.Code == ErrorCode.CommandUnsupported && write.Phase == EfuseBurnPhase.Last && write == _plan.Writes[_plan.Writes.Count - 1])
        {
        }
    }

    /// <summary>Reads a block until it holds the burned bits, a few times at most; returns the fault, null for none.</summary>
    private string? ReadBack(EfuseBlockWrite write, uint[] before, IReadOnlyList<EfuseBlockStatus> statuses, out uint[] after)
    {
        for (int read = 1; ; read++)
        {
            _controller.Reload(CancellationToken.None);
            after = EfuseReader.ReadBlock(_registers, _chip, write.Block, CancellationToken.None);
            uint[] words = after;
            uint[] hidden = HiddenBits(write.Block, after);
            bool isLost = before.Where((word, i) => (word & ~words[i] & ~hidden[i]) != 0).Any();
            bool isForeign = words.Where((word, i) => (word & ~before[i] & ~write.Words[i]) != 0).Any();
            int missing = write.Words.Select((word, i) => EfuseOnes.Count(word & ~words[i] & ~hidden[i])).Sum();
            string? errors = isLost || isForeign || missing > 0 ? null : NewErrors(write.Block, statuses);
            if (!isLost && !isForeign && missing == 0 && errors is null)
            {
                return null;
            }

            if (read < MaxReads)
            {
                continue;
            }

            // Burning again neither restores a lost bit nor clears a foreign one.
            return isLost ? throw Failed(write.Block, "bits that were set before the burn now read as zero")
                : isForeign ? throw Failed(write.Block, "bits are set in it that nobody asked for")
                : errors ?? (write.Block.Index == 0 ? $"{missing} bits did not take" : "bits did not take");
        }
    }

    // Block 0 can hide its own fields: the coding group of the ESP32.
    private uint[] HiddenBits(EfuseBlockFacts block, uint[] after)
    {
        uint[] hidden = new uint[after.Length];
        EfuseField readDisable = _plan.Snapshot.Table.Get(EfuseRole.ReadDisable);
        if (block.Index != readDisable.Block)
        {
            return hidden;
        }

        ulong mask = EfuseBits.ToNumber(EfuseBits.Gather(after, readDisable.Ranges, readDisable.BitLength));
        foreach (EfuseField field in _plan.Snapshot.Table.Fields.Where(field => field.Block == block.Index && field.ReadDisableBits.Any(bit => (mask >> bit & 1) != 0)))
        {
            foreach (int bit in field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count)))
            {
                EfuseBits.Set(hidden, bit);
            }
        }

        return hidden;
    }

    // Earlier errors may remain where only a part of a block was burned: in block 0 and under 3/4 coding.
    private string? NewErrors(EfuseBlockFacts block, IReadOnlyList<EfuseBlockStatus> before)
    {
        Dictionary<uint, uint> registers = EfuseErrors.Registers(_chip).ToDictionary(address => address, address => _registers.ReadRegister(address, CancellationToken.None));
        EfuseBlockStatus? now = EfuseErrors.Decode(_chip, _plan.Snapshot.CodingScheme, address => registers[address]).FirstOrDefault(status => status.Block == block.Index);
        bool isWhole = _plan.Snapshot.CodingScheme == EfuseCodingScheme.ReedSolomon && block.Index > 0;
        return now is null or { IsClean: true } || (!isWhole && now.Equals(before.FirstOrDefault(status => status.Block == block.Index)))
            ? null
            : $"the chip reports {now.Errors} coding errors{(now.Failed ? ", more than it can correct" : string.Empty)}";
    }

    private EfuseException Failed(EfuseBlockFacts block, string what) => new(
        ErrorCode.EfuseBurnFailed,
        $"{block.Name} was burned, but {what}.{Progress()}",
        "The remaining steps, including protection, were not carried out. Check supply and crystal, and read the eFuses before deciding on this chip.")
    { Target = block.Name };

    private string Progress() => _done.Count == 0 ? string.Empty : $" Burned and checked before: {string.Join(", ", _done.Distinct())}.";

    private static EfuseException Stale(string message) => new(
        ErrorCode.EfusePlanStale,
        message,
        "Nothing was burned. Plan again from the state of the chip that is connected now.");
}
