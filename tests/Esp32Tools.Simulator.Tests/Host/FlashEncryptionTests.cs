using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.FlashEncryption;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.State;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Flash encryption as one procedure: what it does on every chip, what it refuses, and that a second run does nothing.</summary>
public sealed class FlashEncryptionTests
{
    /// <summary>Every chip, with every length of key that it has.</summary>
    public static TheoryData<string, int> Keys
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (int length in chip.Security.FlashKeyLengths)
                {
                    cases.Add(chip.Key, length);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Release_leaves_a_chip_that_decrypts_its_images_and_is_locked(string chip, int keyLength)
    {
        using EncryptionBench unit = new(chip, keyLength, LoaderOf(chip));

        IReadOnlyList<SecurityStep> steps = unit.Run();

        Assert.Equal(["Check", "Key", "Prove", "Write", "Verify", "Enable", "Lock"], steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.Equal(nameof(SecurityStepStatus.Done), step.Status));
        Assert.Equal(nameof(SecurityProof.ShownByChip), steps[2].Proof);
        Assert.Equal(nameof(SecurityProof.Digested), steps[4].Proof);
        Assert.True(unit.HoldsImages());
        Esp32SecurityState state = SecurityAudit.Examine(unit.Fuses());
        Assert.Equal(nameof(FlashEncryptionMode.Release), state.FlashEncryption);
        Assert.Equal(nameof(JtagState.Disabled), state.Jtag);
        Assert.DoesNotContain(state.Findings, finding => finding.Severity == nameof(FindingSeverity.Critical));
        EfuseSnapshot fuses = unit.Fuses();
        Assert.True(fuses.IsWritable(fuses.Table.Get("RD_DIS")), "secure boot's last step locks RD_DIS, not this one");

        if (fuses.Table.Find("XTS_DPA_PSEUDO_LEVEL") is { } level)
        {
            Assert.Equal(fuses.Revision >= fuses.Chip.Security.PseudoRoundsMinRevision ? 1u : 0u, fuses.GetNumber(level));
        }

        byte[] silicon = unit.Silicon();
        byte[] flash = unit.Bench.Flash();
        using Esp32Device device = unit.Connect();
        using SecurityProcedure again = FlashEncryptionProcedure.Plan(device, unit.Options(), default);
        Assert.True(again.IsDone, string.Join(Environment.NewLine, again.Steps.AsEnumerable()));
        Assert.DoesNotContain(again.Run(null, default), step => step.Status is nameof(SecurityStepStatus.Planned));
        Assert.Equal(silicon, unit.Silicon());
        Assert.True(unit.Bench.Flash().AsSpan().SequenceEqual(flash));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.Chips), MemberType = typeof(HostMatrix))]
    public void Development_takes_one_bit_and_locks_nothing_and_release_goes_on_from_there(string chip)
    {
        using EncryptionBench unit = new(chip, loader: LoaderOf(chip));
        IReadOnlyList<SecurityStep> steps = unit.Run(unit.Options(FlashEncryptionGoal.Development));
        Assert.Equal((nameof(SecurityStepStatus.Done), nameof(SecurityStepStatus.Left)), (steps[5].Status, steps[6].Status));

        Esp32SecurityState state = SecurityAudit.Examine(unit.Fuses());
        Assert.Equal((nameof(FlashEncryptionMode.Development), 1), (state.FlashEncryption, state.FlashCryptCount));
        Assert.Equal(nameof(JtagState.Open), state.Jtag);

        IReadOnlyList<SecurityStep> release = unit.Run();

        Assert.Equal([nameof(SecurityStepStatus.Done), nameof(SecurityStepStatus.AlreadySo), nameof(SecurityStepStatus.Done), nameof(SecurityStepStatus.AlreadySo), nameof(SecurityStepStatus.AlreadySo), nameof(SecurityStepStatus.Done), nameof(SecurityStepStatus.Done)], release.Select(step => step.Status));
        Assert.Equal(nameof(FlashEncryptionMode.Release), SecurityAudit.Examine(unit.Fuses()).FlashEncryption);
        Assert.True(unit.HoldsImages());
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c2")]
    [InlineData("esp32c3")]
    public void Another_key_than_the_hidden_one_is_found_out_before_anything_is_burned(string chip)
    {
        using EncryptionBench unit = new(chip);
        unit.Run(unit.Options(FlashEncryptionGoal.Development), steps: 2);
        byte[] silicon = unit.Silicon();
        using FlashKey other = new([.. unit.KeyBytes.Select(octet => (byte)~octet)]);

        FlashException error = Assert.Throws<FlashException>(() => unit.Run(unit.Options() with { Key = other }));

        Assert.Equal(ErrorCode.FlashKeyMismatch, error.Code);
        Assert.Equal(silicon, unit.Silicon());
        unit.Run();
        Assert.True(unit.HoldsImages());
    }

    [Fact]
    public void A_key_that_nobody_keeps_still_encrypts_after_an_interruption()
    {
        foreach (int steps in new[] { 2, 3, 4, 5, 6 })
        {
            using EncryptionBench unit = new("esp32c3");
            FlashEncryptionOptions options = unit.Options() with { Key = null };
            unit.Run(options, steps: steps);

            IReadOnlyList<SecurityStep> rerun = unit.Run(options);

            Assert.True(unit.HoldsImages(), $"after {steps} steps");
            Assert.Equal(nameof(SecurityProof.NotVerifiable), rerun.Single(step => step.Name == "Verify").Proof);
            Assert.Equal(nameof(FlashEncryptionMode.Release), SecurityAudit.Examine(unit.Fuses()).FlashEncryption);
        }
    }

    [Fact]
    public void A_key_that_is_made_is_kept_before_it_is_burned()
    {
        using EncryptionBench unit = new("esp32s3");
        byte[]? kept = null;
        FlashEncryptionOptions options = unit.Options() with
        {
            Key = null,
            KeyLength = 64,
            SaveKey = key =>
            {
                Assert.All(unit.Bench.Board.Efuse.Fuses[4], octet => Assert.Equal(0, octet));
                kept = key.Reveal();
                return "file";
            },
        };

        IReadOnlyList<SecurityStep> steps = unit.Run(options);

        Assert.Equal("Save", steps[1].Name);
        Assert.Equal(64, kept!.Length);
        Assert.True(unit.HoldsImages());
        Assert.Equal(kept.Take(32).Reverse(), unit.Bench.Board.Efuse.Fuses[4].Take(32));
    }

    [Fact]
    public void First_start_gets_plain_images_and_keeps_counter_and_locks_to_itself()
    {
        using EncryptionBench unit = new("esp32c6");

        IReadOnlyList<SecurityStep> steps = unit.Run(unit.Options() with { FirstBoot = true });

        Assert.All(unit.Images, image => Assert.True(unit.Bench.Holds(image)));
        Assert.Equal([nameof(SecurityStepStatus.Left), nameof(SecurityStepStatus.Left)], steps.Skip(steps.Count - 2).Select(step => step.Status));
        Assert.Equal(0, SecurityAudit.Examine(unit.Fuses()).FlashCryptCount);
    }

    [Fact]
    public void Closing_the_loader_comes_last_and_is_not_called_read_back()
    {
        using EncryptionBench unit = new("esp32c3");

        SecurityStep close = unit.Run(unit.Options() with { DownloadMode = DownloadModeGoal.Secure }).Last();

        Assert.Equal(("Close", nameof(SecurityStepStatus.Done), nameof(SecurityProof.NotVerifiable)), (close.Name, close.Status, close.Proof));
        Assert.True(unit.HoldsImages());
        ChipException error = Assert.Throws<ChipException>(() => unit.Run());
        Assert.Equal(ErrorCode.SecureDownloadMode, error.Code);
    }

    [Fact]
    public void Plan_touches_neither_flash_nor_eFuses_and_keeps_no_key()
    {
        using EncryptionBench unit = new("esp32");
        byte[] silicon = unit.Silicon();
        byte[] flash = unit.Bench.Flash();
        using Esp32Device device = unit.Connect();

        using SecurityProcedure procedure = FlashEncryptionProcedure.Plan(
            device, unit.Options() with { Key = null, SaveKey = _ => throw new InvalidOperationException("a plan keeps nothing") }, default);

        Assert.Contains(procedure.Steps.SelectMany(step => step.Efuses), line => line.Name == "FLASH_CRYPT_CONFIG");
        Assert.Contains(procedure.Steps.SelectMany(step => step.Efuses), line => line.Name == "FLASH_CRYPT_CNT" && line.GetBitNumbers().Count == 7);
        Assert.Equal(silicon, unit.Silicon());
        Assert.True(unit.Bench.Flash().AsSpan().SequenceEqual(flash));
    }

    [Fact]
    public void Images_in_one_file_are_cut_where_encryption_ends()
    {
        using EncryptionBench unit = new("esp32c3");
        byte[] merged = new byte[unit.Images[3].Address + unit.Images[3].Data.Length];
        Array.Fill(merged, (byte)0xFF);
        foreach (FlashImage image in unit.Images)
        {
            image.Data.CopyTo(merged, image.Address);
        }

        unit.Run(unit.Options() with { Images = [new FlashImage("merged.bin", 0, merged)] });

        Assert.True(unit.HoldsImages());
    }

    [Fact]
    public void Plain_contents_are_refused_until_that_is_lifted_and_contents_under_the_key_are_proven()
    {
        using EncryptionBench unit = new("esp32c3");
        unit.Bench.Write(unit.Images);
        FlashEncryptionOptions bare = unit.Options() with { Images = [] };
        byte[] silicon = unit.Silicon();
        FlashException error = Assert.Throws<FlashException>(() => unit.Run(bare));
        Assert.Equal((ErrorCode.FlashContentsUnproven, true), (error.Code, error.IsLiftable));
        Assert.Equal(silicon, unit.Silicon());

        using EncryptionBench written = new("esp32c3");
        written.Run(written.Options(), steps: 5);
        IReadOnlyList<SecurityStep> steps = written.Run(written.Options() with { Images = [] });
        Assert.Equal(nameof(SecurityProof.ReadBack), steps.Single(step => step.Name == "Verify").Proof);
        Assert.True(written.HoldsImages());

        IReadOnlyList<SecurityStep> lifted = unit.Run(bare with { Allow = [ErrorCode.FlashContentsUnproven] });
        Assert.Equal(nameof(SecurityStepStatus.Left), lifted.Single(step => step.Name == "Verify").Status);
    }

    [Theory]
    [InlineData(16, ErrorCode.KeyLength)]
    [InlineData(64, ErrorCode.KeyLength)]
    public void Key_of_a_length_that_the_chip_does_not_have_is_refused(int length, ErrorCode code)
    {
        using EncryptionBench unit = new("esp32c3");
        using FlashKey key = FlashKey.Generate(length);
        byte[] silicon = unit.Silicon();

        Assert.Equal(code, Assert.ThrowsAny<Esp32Exception>(() => unit.Run(unit.Options() with { Key = key })).Code);

        Assert.Equal(silicon, unit.Silicon());
    }

    [Fact]
    public void Image_of_another_chip_is_refused_before_anything_is_burned()
    {
        using EncryptionBench unit = new("esp32c3");
        using EncryptionBench other = new("esp32c6");
        byte[] silicon = unit.Silicon();

        Assert.Equal(ErrorCode.ImageForOtherChip, Assert.ThrowsAny<Esp32Exception>(() => unit.Run(unit.Options() with { Images = other.Images })).Code);

        Assert.Equal(silicon, unit.Silicon());
    }

    private static LoaderKind LoaderOf(string chip) =>
        ChipCatalog.Find(chip)!.Loader.RomWritesEncrypted ? LoaderKind.Rom : LoaderKind.Stub;
}
