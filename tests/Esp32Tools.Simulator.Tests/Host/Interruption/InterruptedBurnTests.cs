using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>
/// Every chip, every key purpose and every other kind of burn, cut at every register write: the chip is never worse off than
/// <see cref="BurnJudge"/> allows, and the same request again either brings what the whole burn brings, bit for bit, or is
/// refused and burns nothing. It is refused only when nothing of the key can be read and all that is missing comes after
/// hiding it.
/// </summary>
public sealed class InterruptedBurnTests
{
    public static TheoryData<string> Chips => HostMatrix.Chips;

    [Theory]
    [MemberData(nameof(Chips))]
    public void Burn_without_power_in_the_middle_is_taken_up_again(string key)
    {
        List<string> wrong = [];
        ForEach(key, (board, burn, states, judge) =>
        {
            foreach (byte[] fuses in states.AfterPowerCuts().Thin(everyday: 5))
            {
                board.PowerUp(fuses);
                Collect(wrong, burn, () => TakeUp(board, burn, judge, states.Reference));
            }
        });
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Burn_that_lost_its_connection_is_taken_up_again(string key)
    {
        List<string> wrong = [];
        ForEach(key, (board, burn, states, judge) =>
        {
            foreach (int cut in states.LiveCuts.Thin(everyday: 5))
            {
                board.PowerUp(board.Start);
                Break(board, burn, cut + 1);
                board.Reconnect();
                Collect(wrong, burn, () => TakeUp(board, burn, judge, states.Reference));
            }
        });
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>The states above are all there are: a cut at any write whatever leaves one of them, and is one clear error.</summary>
    [Theory]
    [MemberData(nameof(Chips))]
    public void Cut_at_any_register_write_leaves_a_state_that_is_known(string key)
    {
        ForEach(key, (board, burn, states, _) =>
        {
            if (!burn.Name.StartsWith("encryption, closed", StringComparison.Ordinal))
            {
                return;
            }

            string[] known = [.. states.Steps.Select(Convert.ToHexString)];
            for (int cut = 1; cut <= states.Writes; cut += Thoroughness.Stride(everyday: 5))
            {
                board.PowerUp(board.Start);
                Esp32Exception failure = Break(board, burn, cut)!;
                Assert.True(failure.Code is ErrorCode.EfuseBurnFailed or ErrorCode.ReplyTimeout, $"{failure.Code}");
                Assert.True(failure.Code == ErrorCode.EfuseBurnFailed || board.Fuses.AsSpan().SequenceEqual(board.Start));
                Assert.Contains(Convert.ToHexString(board.Fuses), known);
            }
        });
    }

    // The same request, by a new session.
    private static void TakeUp(BurnBoard board, BurnCase burn, BurnJudge judge, byte[] reference)
    {
        byte[] before = board.Fuses;
        judge.Judge(before, "cut");
        if (judge.IsClosed(before))
        {
            Assert.True(judge.LacksOnlyTheEnd(before), "closed before all else was done");
            return;
        }

        using EfusePlan plan = board.Plan(burn.Requests());
        if (burn.AnyBlock && plan.Refusals is [{ Code: ErrorCode.KeyBlockInUse, Target: { } block } ambiguous] && ambiguous.Message.Contains("not locked", StringComparison.Ordinal))
        {
            // Which of two purposes is meant is a question to the person, who then names the block.
            TakeUp(board, burn.In(block), judge, reference);
            return;
        }

        if (plan.Refusals.Count > 0)
        {
            string refusal = plan.Refusals[0].Message;
            Assert.True(plan.Refusals.All(each => each.Code == ErrorCode.KeyBlockInUse && each.Target is not null), refusal);
            Assert.True(judge.LacksOnlyTheEnd(before), $"refused, and more is missing than what comes after hiding: {refusal}");
            Assert.All(judge.Secrets, block => Assert.All(board.Visible(block.Index), word => Assert.Equal(0u, word)));
            return;
        }

        bool isVerified;
        try
        {
            isVerified = board.Burn(plan).Verified;
        }
        catch (EfuseException stale) when (stale.Code == ErrorCode.EfusePlanStale)
        {
            // The chip showed what was before the burn that was cut; now it shows what is.
            Assert.Equal(before, board.Fuses);
            TakeUp(board, burn, judge, reference);
            return;
        }

        byte[] after = board.Fuses;
        if (burn.AnyBlock && !after.AsSpan().SequenceEqual(reference))
        {
            judge.JudgeElsewhere(before, after);
            return;
        }

        judge.Judge(after, "taken up");
        Assert.True(after.AsSpan().SequenceEqual(reference), "taken up, and not what the whole burn brings");
        board.PowerUp(after);
        Assert.True(isVerified || judge.IsClosed(after));
    }

    private static Esp32Exception? Break(BurnBoard board, BurnCase burn, int cut)
    {
        using EfusePlan plan = board.Plan(burn.Requests());
        board.CutAt = cut;
        try
        {
            board.Burn(plan);
            return null;
        }
        catch (Esp32Exception failure)
        {
            return failure;
        }
    }

    private static void ForEach(string key, Action<BurnBoard, BurnCase, BurnStates, BurnJudge> act)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        int burned = 0;
        foreach (BurnCase burn in BurnCase.Of(chip))
        {
            BurnBoard board = new(chip, burn.IsCoded, burn.RevisionOf(chip));
            BurnStates states = new(board, burn);
            // A case that is refused would be one that nobody cuts.
            Assert.True(states.Refusals.Count == 0, $"{burn}: {string.Join(" ", states.Refusals)}");
            burned++;
            act(board, burn, states, new BurnJudge(board, board.Map, states.Reference));
        }

        Assert.InRange(burned, 8, int.MaxValue);
    }

    private static void Collect(List<string> wrong, BurnCase burn, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (failure is Xunit.Sdk.XunitException or Esp32Exception)
        {
            string line = $"{burn}: {failure.Message.Split('\n')[0]}";
            if (!wrong.Contains(line))
            {
                wrong.Add(line);
            }
        }
    }
}
