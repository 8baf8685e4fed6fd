using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse;

/// <summary>
/// Every refusal that must not depend on the chip, with the state and the wish that trigger it, on every chip of the catalogue
/// it applies to.
/// </summary>
public sealed class EfuseRefusalTableTests
{
    private static readonly Row[] Table =
    [
        new("encryption on without a key", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), Set(Count(chip), 1)]),
        new("encryption on for good without a key", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), Set(Count(chip), All(chip))]),
        new("encryption on without a key, bit by bit", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), new EfuseBitRequest { Block = "BLOCK0", Bits = [Field(chip, Count(chip)).Ranges[0].Start] }]),
        new("two bits of the count at once", ErrorCode.EncryptionCountEven, chip => [Key(chip), Set(Count(chip), 3)]),
        new("second bit of the count", ErrorCode.EncryptionCountEven, chip => [Set(Count(chip), 3)], chip => [(Count(chip), 1)]),
        new("last bit of the count without its value", ErrorCode.EfuseCounterUsedUp, chip => [Key(chip), Set(Count(chip), null)], chip => [(Count(chip), 3)], HasCounter),
        new("no bit of the count left", ErrorCode.EfuseCounterUsedUp, chip => [Set(Count(chip), null)], chip => [(Count(chip), All(chip))], HasCounter, IsFinal: true),
        new("encryption on, config empty", ErrorCode.FlashCryptConfig, chip => [Key(chip), Set(Count(chip), 1)], Applies: HasConfig),
        new("config short of 0xF", ErrorCode.FlashCryptConfig, chip => [Set("FLASH_CRYPT_CONFIG", 7)], Applies: HasConfig),
        new("flash key left readable", ErrorCode.KeyReadable, chip => [Key(chip) with { ReadProtect = false }]),
        new("secure boot before the flash key", ErrorCode.ReadProtectionLost, chip => [Set(SecureBoot(chip), 1)]),
        new("RD_DIS locked before the flash key", ErrorCode.ReadProtectionLost, chip => [new EfuseProtectionRequest { Name = "RD_DIS", Protection = EfuseProtection.Write }]),
        new("RD_DIS locked by mask", ErrorCode.ReadProtectionLost, chip => [Set("WR_DIS", 1UL << Field(chip, "RD_DIS").WriteDisableBit!.Value)]),
        new("digest hidden in the plan that burns it", ErrorCode.DigestReadProtected, chip => [Digest(chip), HideDigest(chip)], IsFinal: true),
        new("second write to a block with check bytes", ErrorCode.EfuseBlockWritten, chip => [new EfuseBitRequest { Block = UserBlock(chip), Bits = [9] }], chip => [(UserBlock(chip), 1)], IsReedSolomon),
        new("key too short", ErrorCode.KeyLength, chip => [Key(chip, -1)], IsFinal: true),
        new("key too long", ErrorCode.KeyLength, chip => [Key(chip, +1)], IsFinal: true),
        new("lock of an empty block", ErrorCode.EfuseWriteProtected, chip => [Key(chip)], chip => [("WR_DIS", 1UL << KeyBlock(chip).WriteDisableBit!.Value)], IsFinal: true),
    ];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (Row row in Table)
        {
            foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => row.Applies?.Invoke(chip) ?? true))
            {
                cases.Add(row.Name, chip.Key);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Refusal_has_a_code_advice_and_lifts_by_its_name_alone(string name, string chipKey)
    {
        Row row = Table.Single(candidate => candidate.Name == name);
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseSnapshot snapshot = State(chip, row.State?.Invoke(chip) ?? []);
        EfuseRequest[] requests = row.Requests(chip);

        using EfusePlan plan = EfusePlanner.Plan(snapshot, requests);
        EfuseException refusal = Assert.Single(plan.Refusals, refusal => refusal.Code == row.Code);
        Assert.NotEmpty(refusal.Advice);
        Assert.Equal(!row.IsFinal, refusal.IsLiftable);
        Assert.True(plan.IsEmpty);

        using EfusePlan others = EfusePlanner.Plan(snapshot, requests, new EfusePlanOptions { Allow = [.. EfusePlanOptions.Liftable.Where(code => code != row.Code)] });
        Assert.Equal(row.Code, others.Refusals[0].Code);
        Assert.Equal(!row.IsFinal, Assert.Throws<EfuseException>(others.ThrowIfRefused).IsLiftable);

        using EfusePlan forced = EfusePlanner.Plan(snapshot, requests, new EfusePlanOptions { Allow = EfusePlanOptions.Liftable });
        Assert.Equal(row.IsFinal, forced.Refusals.Count > 0);
        Assert.Equal(row.IsFinal, forced.IsEmpty);
        Assert.Equal(!row.IsFinal, forced.Warnings.Contains(refusal.Message));
    }

    [Fact]
    public void Every_refusal_that_can_be_lifted_is_in_the_table() =>
        Assert.Empty(EfusePlanOptions.Liftable.Except(Table.Select(row => row.Code)));

    [Fact]
    public void What_cannot_be_lifted_is_not_accepted_as_lifted() =>
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<EfuseException>(() => EfusePlanner.Plan(Chip(C3, 4), [], new EfusePlanOptions { Allow = [ErrorCode.KeyLength] })).Code);

    public static TheoryData<string> Chips() => [.. ChipCatalog.All.Select(chip => chip.Key)];

    /// <summary>Whatever the order of the wishes, nothing is locked before what it locks is burned, and the loader ends last.</summary>
    [Theory]
    [MemberData(nameof(Chips))]
    public void Lock_asked_for_first_is_burned_last(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseSnapshot snapshot = State(chip, []);
        // Secure boot and a key that fills the only key block exclude each other.
        foreach (EfuseField field in snapshot.Table.Fields.Where(field => field.Name != SecureBoot(chip) && field is { Type: EfuseFieldType.Bool, WriteDisableBit: not null, IsFixed: false, IsCalculated: false, Block: 0 }))
        {
            EfuseRequest[] requests = [Set(chip.Security.DownloadDisabledField, 1), new EfuseProtectionRequest { Name = field.Name, Protection = EfuseProtection.Write }, Key(chip), Set(field.Name, 1)];
            using EfusePlan plan = EfusePlanner.Plan(snapshot, requests, new EfusePlanOptions { Force = true });
            Assert.Empty(plan.Refusals);
            int locked = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], field.WriteDisableBit!.Value));
            int burned = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], field.Ranges[0].Start));
            Assert.True(burned >= 0 && burned <= locked, field.Name);
            int closed = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], Field(chip, chip.Security.DownloadDisabledField).Ranges[0].Start));
            Assert.All(plan.Writes.Skip(closed + 1), write => Assert.Equal(EfuseBurnPhase.ClosingLock, write.Phase));
        }
    }

    private static EfuseSnapshot State(ChipDefinition chip, (string Field, ulong Value)[] fields)
    {
        EfuseTable table = EfuseTable.For(chip, Revision(chip));
        uint[][] words = [.. chip.Efuse.Blocks.Select(block => new uint[block.Words])];
        foreach ((string name, ulong value) in fields)
        {
            EfuseField field = table.Get(name);
            uint[] bits = EfuseBits.Spread(BitConverter.GetBytes(value), field.Ranges, words[field.Block].Length);
            words[field.Block] = [.. words[field.Block].Zip(bits, (word, bit) => word | bit)];
        }

        return new EfuseSnapshot(chip, words, new Dictionary<uint, uint>(), Revision(chip));
    }

    private static int Revision(ChipDefinition chip) => Math.Max(chip.Factory.Revision, chip.Security.SecureBootV2MinRevision);

    private static EfuseField Field(ChipDefinition chip, string name) => EfuseTable.For(chip, Revision(chip)).Get(name);

    private static EfuseValueRequest Set(string field, object? value) => new() { Field = field, Value = value };

    private static string Count(ChipDefinition chip) => IsReedSolomon(chip) ? "SPI_BOOT_CRYPT_CNT" : "FLASH_CRYPT_CNT";

    private static ulong All(ChipDefinition chip) => (1UL << Field(chip, Count(chip)).BitLength) - 1;

    private static string SecureBoot(ChipDefinition chip) => IsReedSolomon(chip) ? "SECURE_BOOT_EN" : "ABS_DONE_1";

    private static string UserBlock(ChipDefinition chip) => chip.Efuse.Blocks.Any(block => block.Name == "BLOCK_USR_DATA") ? "BLOCK_USR_DATA" : "BLOCK_KEY0";

    // What the rule about FLASH_CRYPT_CONFIG asks for, where there is one.
    private static IEnumerable<EfuseRequest> Config(ChipDefinition chip) => HasConfig(chip) ? [Set("FLASH_CRYPT_CONFIG", 0xF)] : [];

    private static KeyPurpose FlashKey(ChipDefinition chip) => chip.KeyPurposes.First(purpose => purpose.Name is "XTS_AES_128_KEY" or "FlashEncryption");

    private static EfuseKeyRequest Key(ChipDefinition chip, int longer = 0) => new()
    {
        Purpose = FlashKey(chip).Name,
        Block = KeyBlock(chip).Name,
        Key = EfuseTestChips.Key(1, 32 + longer),
    };

    private static EfuseBlockFacts KeyBlock(ChipDefinition chip) => chip.Efuse.Blocks.First(block => block.Name is "BLOCK_KEY0" or "BLOCK1" && block.ReadDisableBit is not null);

    private static EfuseKeyRequest Digest(ChipDefinition chip)
    {
        KeyPurpose purpose = chip.KeyPurposes.First(known => known.IsDigest);
        return new() { Purpose = purpose.Name, Block = purpose.Block ?? "BLOCK_KEY1", Key = EfuseTestChips.Key(2), IsDigest = true };
    }

    private static EfuseProtectionRequest HideDigest(ChipDefinition chip) => new() { Name = Digest(chip).Block!, Protection = EfuseProtection.Read };

    private static bool IsReedSolomon(ChipDefinition chip) => chip.Efuse.Generation == EfuseGeneration.ReedSolomon;

    private static bool HasCounter(ChipDefinition chip) => Field(chip, Count(chip)).IsCounter;

    private static bool HasConfig(ChipDefinition chip) => chip.Security.FlashCryptConfig is not null;

    private sealed record Row(
        string Name,
        ErrorCode Code,
        Func<ChipDefinition, EfuseRequest[]> Requests,
        Func<ChipDefinition, (string Field, ulong Value)[]>? State = null,
        Func<ChipDefinition, bool>? Applies = null,
        bool IsFinal = false);
}
