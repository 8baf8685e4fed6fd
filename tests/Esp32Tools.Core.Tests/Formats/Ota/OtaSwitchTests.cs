using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Ota;

public sealed class OtaSwitchTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Any_contents_survive_a_round_trip_and_any_slot_can_be_chosen()
    {
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            OtaData data = OtaSamples.Any(random);
            Assert.Equal(data.ToBytes(), OtaData.Parse(data.ToBytes()).ToBytes());
            OtaLayout layout = OtaVectors.Layout(random.Next(1, 17), random.Next(2) == 0);
            int slot = random.Next(layout.Slots.Count);
            bool onTrial = random.Next(2) == 0;

            OtaChange change = OtaSwitch.To(data, layout, slot, onTrial);

            Assert.Equal((slot, slot), (change.After.Decide(layout, withRollback: true).Slot, change.After.Decide(layout, withRollback: false).Slot));
            Assert.Equal(onTrial, change.After.Entries[change.After.Decide(layout).Copy!.Value].State == OtaState.New);
            Assert.Equal(change.After.ToBytes(), Applied(data, change.Steps).ToBytes());
        }
    }

    [Fact]
    public void Power_cut_at_any_step_leaves_what_booted_or_what_is_to_boot()
    {
        var random = new Random(2);
        for (int round = 0; round < Rounds; round++)
        {
            OtaData data = OtaSamples.Any(random);
            OtaLayout layout = OtaVectors.Layout(random.Next(1, 17), random.Next(2) == 0);
            OtaChange change = random.Next(2) == 0
                ? OtaSwitch.To(data, layout, random.Next(layout.Slots.Count), onTrial: random.Next(2) == 0)
                : OtaSwitch.Clear(data, layout);
            foreach (OtaData cut in Cuts(data, change, random))
            {
                // An application on trial is known to a bootloader with rollback alone: what that one boots stands.
                foreach (bool withRollback in new[] { false, true })
                {
                    Partition?[] allowed =
                    [
                        data.Decide(layout).Partition, data.Decide(layout, withRollback).Partition, change.After.Decide(layout, withRollback).Partition,
                    ];
                    Assert.Contains(cut.Decide(layout, withRollback).Partition, allowed);
                }
            }
        }
    }

    [Fact]
    public void Slot_that_boots_is_left_alone()
    {
        OtaLayout layout = OtaVectors.Layout("factory+2");
        OtaData data = OtaSamples.Data((1, OtaState.Valid), (2, OtaState.Undefined));
        Assert.Empty(OtaSwitch.To(data, layout, 1).Steps);
        Assert.Single(OtaSwitch.To(data, layout, 1, onTrial: true).Steps);
        Assert.Single(OtaSwitch.To(data, layout, 0).Steps);
    }

    [Theory]
    [InlineData(uint.MaxValue - 1, 0)]
    [InlineData(uint.MaxValue - 2, 2)]
    public void Numbers_that_run_out_begin_anew_and_the_old_copy_goes_last(uint sequence, int slot)
    {
        OtaLayout layout = OtaVectors.Layout("factory+3");
        OtaData data = OtaSamples.Data((sequence, OtaState.Undefined), (5, OtaState.Valid));
        OtaChange change = OtaSwitch.To(data, layout, slot);

        Assert.Equal([1, 0], change.Steps.Select(step => step.Copy));
        Assert.Null(change.Steps[1].Sector);
        Assert.Equal(((uint)slot + 1, OtaEntry.NoSequence), (change.After.Entries[1].Sequence, change.After.Entries[0].Sequence));
        Assert.Equal(slot, change.After.Decide(layout).Slot);
    }

    [Fact]
    public void Large_count_jumps_instead_of_stepping()
    {
        OtaLayout layout = OtaVectors.Layout("factory+16");
        OtaData data = OtaSamples.Data((4_000_000_000, OtaState.Undefined), null);
        Assert.Equal(4_000_000_002u, OtaSwitch.To(data, layout, (int)(4_000_000_001u % 16)).After.Entries[1].Sequence);
    }

    [Fact]
    public void Entry_of_an_application_that_failed_does_not_hand_its_state_on()
    {
        OtaLayout layout = OtaVectors.Layout("factory+2");
        OtaData data = OtaSamples.Data((49, OtaState.Valid), (50, OtaState.Aborted));
        OtaChange change = OtaSwitch.To(data, layout, 1);

        Assert.Equal(1, Assert.Single(change.Steps).Copy);
        Assert.Equal((50u, OtaState.Undefined), (change.After.Entries[1].Sequence, change.After.Entries[1].State));
    }

    [Fact]
    public void Back_marks_the_last_choice_as_failed_and_the_one_before_boots()
    {
        OtaLayout layout = OtaVectors.Layout("factory+2");
        OtaChange change = OtaSwitch.Back(OtaSamples.Data((49, OtaState.Valid), (50, OtaState.Undefined)), layout);

        Assert.Equal((1, OtaState.Invalid), (Assert.Single(change.Steps).Copy, change.After.Entries[1].State));
        Assert.Equal(0, change.After.Decide(layout).Slot);
        Assert.Equal("factory", OtaSwitch.Back(change.After, layout).After.Decide(layout).Partition!.Name);
    }

    [Fact]
    public void Back_from_an_application_on_trial_goes_to_the_one_before_and_no_further()
    {
        OtaLayout layout = OtaVectors.Layout("2");
        OtaChange change = OtaSwitch.Back(OtaSamples.Data((49, OtaState.Valid), (50, OtaState.PendingVerify)), layout);
        Assert.Equal(0, change.After.Decide(layout).Slot);
    }

    [Fact]
    public void Back_from_the_first_choice_goes_to_what_booted_without_one()
    {
        OtaData data = OtaSamples.Data((2, OtaState.Undefined), null);
        Assert.Equal("app0", OtaSwitch.Back(data, OtaVectors.Layout("2")).After.Decide(OtaVectors.Layout("2")).Partition!.Name);
        OtaLayout withFactory = OtaVectors.Layout("factory+2");
        Assert.Equal("factory", OtaSwitch.Back(data, withFactory).After.Decide(withFactory).Partition!.Name);
    }

    [Theory]
    [InlineData("2", 49u, null)]
    [InlineData("2", 49u, 51u)]
    [InlineData("factory+2", null, null)]
    public void Nothing_to_go_back_to_is_said(string layout, uint? first, uint? second)
    {
        (uint, OtaState)? Entry(uint? sequence) => sequence is uint number ? (number, OtaState.Valid) : null;
        InputException error = Assert.Throws<InputException>(() => OtaSwitch.Back(OtaSamples.Data(Entry(first), Entry(second)), OtaVectors.Layout(layout)));
        Assert.Equal(ErrorCode.OtaRollbackImpossible, error.Code);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void Clear_takes_the_copy_that_decides_last()
    {
        OtaLayout layout = OtaVectors.Layout("factory+2");
        Assert.Equal([1, 0], OtaSwitch.Clear(OtaSamples.Data((50, OtaState.Valid), (49, OtaState.Valid)), layout).Steps.Select(step => step.Copy));
        Assert.Equal([0, 1], OtaSwitch.Clear(OtaSamples.Data((49, OtaState.Valid), (50, OtaState.Valid)), layout).Steps.Select(step => step.Copy));
        Assert.Equal("factory", OtaSwitch.Clear(OtaData.Erased, layout).After.Decide(layout).Partition!.Name);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("app1", 1)]
    [InlineData("OTA_2", 2)]
    public void Slot_is_found_by_number_name_and_subtype(string text, int slot) => Assert.Equal(slot, OtaVectors.Layout("factory+3").Find(text));

    [Fact]
    public void Slot_that_is_not_there_is_named_with_those_that_are()
    {
        InputException error = Assert.Throws<InputException>(() => OtaSwitch.To(OtaData.Erased, OtaVectors.Layout("factory+2"), 2));
        Assert.Equal((ErrorCode.PartitionNotFound, "2"), (error.Code, error.Target));
        Assert.Contains("app1", error.Advice);
    }

    [Fact]
    public void Table_without_a_choice_or_with_a_gap_is_refused()
    {
        Partition otadata = new() { Name = "otadata", TypeNumber = 1, SubTypeNumber = 0, Offset = 0xD000, Size = 0x2000 };
        Partition second = new() { Name = "second", TypeNumber = 0, SubTypeNumber = 0x11, Offset = 0x1_0000, Size = 0x1_0000 };
        Assert.Equal(ErrorCode.OtaUnavailable, Assert.Throws<InputException>(() => OtaLayout.From(new PartitionTable([otadata, second]))).Code);
        Assert.Equal(ErrorCode.OtaUnavailable, Assert.Throws<InputException>(() => OtaLayout.From(new PartitionTable([otadata with { Size = 0x1000 }]))).Code);

        var none = OtaLayout.From(new PartitionTable([second with { SubTypeNumber = 0x10 }]));
        Assert.Equal(0, OtaData.Erased.Decide(none).Slot);
        Assert.Equal(ErrorCode.OtaUnavailable, Assert.Throws<InputException>(() => OtaSwitch.To(OtaData.Erased, none, 0)).Code);
        Assert.Equal(ErrorCode.ImageTruncated, Assert.Throws<InputException>(() => OtaData.Parse(new byte[0x1FFF])).Code);
    }

    // After each step, and with the sector of a step erased or full of anything.
    private static IEnumerable<OtaData> Cuts(OtaData data, OtaChange change, Random random)
    {
        for (int done = 0; done < change.Steps.Count; done++)
        {
            OtaData before = Applied(data, change.Steps.Take(done));
            yield return before;
            yield return before.WithErased(change.Steps[done].Copy);
            byte[] rubbish = before.ToBytes();
            random.NextBytes(rubbish.AsSpan(change.Steps[done].Copy * OtaData.SectorSize, OtaData.SectorSize));
            yield return OtaData.Parse(rubbish);
        }
    }

    private static OtaData Applied(OtaData data, IEnumerable<(int Copy, byte[]? Sector)> steps)
    {
        byte[] bytes = data.ToBytes();
        foreach ((int copy, byte[]? sector) in steps)
        {
            (sector ?? [.. Enumerable.Repeat((byte)0xFF, OtaData.SectorSize)]).CopyTo(bytes, copy * OtaData.SectorSize);
        }

        return OtaData.Parse(bytes);
    }
}
