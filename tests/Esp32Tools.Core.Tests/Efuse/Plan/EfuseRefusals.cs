using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>Every refusal that a plan can meet, and what it takes to write them down for any chip.</summary>
internal static class EfuseRefusals
{
    public static EfuseRefusal[] Table { get; } =
    [
        new("encryption on without a key", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), Set(Count(chip), 1)]),
        new("encryption on for good without a key", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), Set(Count(chip), All(chip))]),
        new("encryption on without a key, bit by bit", ErrorCode.EncryptionWithoutKey, chip => [.. Config(chip), new EfuseBitRequest { Block = "BLOCK0", Bits = [Field(chip, Count(chip)).Ranges[0].Start] }]),
        new("two bits of the count at once", ErrorCode.EncryptionCountEven, chip => [Key(chip), Set(Count(chip), 3)]),
        new("second bit of the count", ErrorCode.EncryptionCountEven, chip => [Set(Count(chip), 3)], chip => [(Count(chip), 1)]),
        new("last bit of the count without its value", ErrorCode.EfuseCounterUsedUp, chip => [Key(chip), .. Config(chip), Set(Count(chip), null)], chip => [(Count(chip), All(chip) >> 1)]),
        new("no bit of the count left", ErrorCode.EfuseCounterUsedUp, chip => [Set(Count(chip), null)], chip => [(Count(chip), All(chip))], IsFinal: true),
        new("encryption on, config empty", ErrorCode.FlashCryptConfig, chip => [Key(chip), Set(Count(chip), 1)], Applies: HasConfig),
        new("config short of 0xF", ErrorCode.FlashCryptConfig, chip => [Set("FLASH_CRYPT_CONFIG", 7)], Applies: HasConfig),
        new("flash key left readable", ErrorCode.KeyReadable, chip => [Key(chip) with { ReadProtect = false }]),
        new("flash key left readable, as data and a number", ErrorCode.KeyReadable, chip => [Data("BLOCK_KEY0", 32), Set("KEY_PURPOSE_0", FlashKey(chip).Id)], Applies: HasPurposes),
        new("data into a block that is a key's", ErrorCode.KeyReadable, chip => [Data("BLOCK_KEY0", 32)], chip => [("KEY_PURPOSE_0", (ulong)FlashKey(chip).Id!)], HasPurposes),
        new("purpose for data that is readable", ErrorCode.KeyReadable, chip => [Set("KEY_PURPOSE_0", FlashKey(chip).Id)], chip => [("BLOCK_KEY0", 5)], HasPurposes),
        new("plain bytes where a key belongs", ErrorCode.KeyWithoutPurpose, chip => [Data(KeyBlock(chip).Name, 32)], Applies: chip => !HasPurposes(chip)),
        new("plain bits where a key belongs", ErrorCode.KeyWithoutPurpose, chip => [new EfuseBitRequest { Block = KeyBlock(chip).Name, Bits = [7] }], Applies: chip => !HasPurposes(chip)),
        new("key by the plain name of its block", ErrorCode.KeyWithoutPurpose, chip => [Key(chip) with { Purpose = null }], Applies: IsClassic),
        new("key by the plain name of the block of secure boot", ErrorCode.KeyWithoutPurpose, chip => [Key(chip) with { Purpose = null, Block = "BLOCK2" }], Applies: IsClassic),
        new("secure boot before a flash key that follows", ErrorCode.ReadProtectionLost, chip => [Set(SecureBoot(chip), 1)], Later: chip => [Key(chip)]),
        new("secure boot over a flash key that is readable", ErrorCode.ReadProtectionLost, chip => [Set(SecureBoot(chip), 1)], WithReadableFlashKey),
        new("RD_DIS locked over a flash key that is readable", ErrorCode.ReadProtectionLost, chip => [Lock("RD_DIS")], WithReadableFlashKey),
        new("RD_DIS locked before the flash key", ErrorCode.ReadProtectionLost, chip => [new EfuseProtectionRequest { Name = "RD_DIS", Protection = EfuseProtection.Write }]),
        new("RD_DIS locked by mask", ErrorCode.ReadProtectionLost, chip => [Set("WR_DIS", 1UL << Field(chip, "RD_DIS").WriteDisableBit!.Value)]),
        new("digest hidden in the plan that burns it", ErrorCode.DigestReadProtected, chip => [Digest(chip), HideDigest(chip)], IsFinal: true),
        new("second write to a block with check bytes", ErrorCode.EfuseBlockWritten, chip => [new EfuseBitRequest { Block = UserBlock(chip), Bits = [9] }], chip => [(UserField(chip), 1)], IsReedSolomon),
        new("key too short", ErrorCode.KeyLength, chip => [Key(chip, -1)], IsFinal: true),
        new("key too long", ErrorCode.KeyLength, chip => [Key(chip, +1)], IsFinal: true),
        new("lock of an empty block", ErrorCode.EfuseWriteProtected, chip => [Key(chip)], chip => [("WR_DIS", 1UL << KeyBlock(chip).WriteDisableBit!.Value)], IsFinal: true),

        new("data lacks bits that are set", ErrorCode.EfuseValueLacksBits, chip => [Data("BLOCK3", 32)], chip => [("BLOCK3", 2)], IsClassic),
        new("part of a block lacks bits that are set", ErrorCode.EfuseValueLacksBits, chip => [Data("BLOCK3", 3) with { Offset = 1 }], chip => [("BLOCK3", 2 << 16)], IsClassic),
        new("bytes asked for twice, differently", ErrorCode.EfuseValueInvalid, chip => [Data(UserBlock(chip), 8) with { Offset = 0 }, Data(UserBlock(chip), 8) with { Offset = 4 }], IsFinal: true),
        new("value lacks bits that are set", ErrorCode.EfuseValueLacksBits, chip => [Set(Number(chip).Name, 2)], chip => [(Number(chip).Name, 1)]),
        new("first of two fields that lock out", ErrorCode.EfusePairLocksOut, chip => [Set(Pair(chip)!.Name, 1)], chip => [(Pair(chip)!.NotWith!, 1)], HasPair),
        new("both fields that lock out", ErrorCode.EfusePairLocksOut, chip => [Set(Pair(chip)!.Name, 1), Set(Pair(chip)!.NotWith!, 1)], Applies: HasPair),
        new("secure download mode where the flash gets no power then", ErrorCode.SecureDownloadFault, chip => [Set(chip.FieldName(EfuseRole.SecureDownload), 1)], Applies: chip => chip.Security.SecureDownloadFaultyRevisions.Count > 0, Revision: 301),
        new("user block hidden", ErrorCode.DataReadProtected, chip => [Protect("BLOCK_KEY2", EfuseProtection.Read)], Applies: HasPurposes),
        new("block of a digest hidden", ErrorCode.DigestReadProtected, chip => [Protect("BLOCK_KEY2", EfuseProtection.Read)], chip => [("KEY_PURPOSE_2", 9)], HasPurposes, IsFinal: true),
        new("digest hidden where secure boot v2 runs", ErrorCode.DigestReadProtected, chip => [Protect("BLOCK2", EfuseProtection.Read)], chip => [("ABS_DONE_1", 1)], IsClassic, IsFinal: true),
        new("half for the digest hidden", ErrorCode.DigestReadProtected, chip => [Protect("BLOCK_KEY0", EfuseProtection.Read)], Applies: HasHalves, IsFinal: true),

        new("lock before a later step", ErrorCode.EfuseNeededLater, chip => [Lock(Count(chip))], Later: chip => [Set(Count(chip), 1)], IsFinal: true),
        new("block locked before a later key", ErrorCode.EfuseNeededLater, chip => [Lock(KeyBlock(chip).Name)], Later: chip => [Key(chip)], IsFinal: true),
        new("RD_DIS locked before a later hidden key", ErrorCode.EfuseNeededLater, chip => [Key(chip), Lock("RD_DIS")], Later: chip => [Key(chip, seed: 3) with { Block = "BLOCK_KEY2" }], Applies: HasPurposes, IsFinal: true),
        new("block hidden before later data", ErrorCode.EfuseNeededLater, chip => [Protect("BLOCK3", EfuseProtection.Read)], Later: chip => [Data("BLOCK3", 32)], Applies: IsClassic, IsFinal: true),
        new("loader closed before a later step", ErrorCode.LoaderNeededLater, chip => [Set(chip.FieldName(EfuseRole.DownloadDisable), 1)], Later: chip => [Set(Number(chip).Name, 1)], IsFinal: true),
        new("loader left blind before a later step", ErrorCode.LoaderNeededLater, chip => [Set(chip.FieldName(EfuseRole.SecureDownload), 1)], Later: chip => [Set(Number(chip).Name, 1)], Applies: chip => chip.Efuse.Has(EfuseRole.SecureDownload), IsFinal: true),

        new("value wider than the field", ErrorCode.EfuseValueInvalid, chip => [Set(Number(chip).Name, 1UL << Number(chip).BitLength)], IsFinal: true),
        new("number without a value", ErrorCode.EfuseValueInvalid, chip => [Set(Number(chip).Name, null)], IsFinal: true),
        new("number zero", ErrorCode.EfuseValueInvalid, chip => [Set(Number(chip).Name, 0)], IsFinal: true),
        new("flag zero", ErrorCode.EfuseValueInvalid, chip => [Set(SecureBoot(chip), 0)], IsFinal: true),
        new("flag two", ErrorCode.EfuseValueInvalid, chip => [Set(SecureBoot(chip), 2)], IsFinal: true),
        new("no number at all", ErrorCode.EfuseValueInvalid, chip => [Set(Number(chip).Name, "much")], IsFinal: true),
        new("two values for one field", ErrorCode.EfuseValueInvalid, chip => [Set(Number(chip).Name, 1), Set(Number(chip).Name, 2)], IsFinal: true),
        new("bytes of another length", ErrorCode.EfuseValueInvalid, chip => [Set(chip.Efuse.GetTable(Revision(chip)).Fields.Last(field => field.IsWholeBlock).Name, new byte[3])], IsFinal: true),
        new("factory MAC address", ErrorCode.EfuseValueInvalid, chip => [Set("MAC", "02:00:00:00:00:02")], IsFinal: true),
        new("multicast address", ErrorCode.EfuseValueInvalid, chip => [new EfuseMacRequest { Address = "03:00:00:00:00:02" }], IsFinal: true),
        new("another custom address", ErrorCode.EfuseAlreadyBurned, chip => [new EfuseMacRequest { Address = "02:00:00:00:00:02" }], chip => [("CUSTOM_MAC", 1)], IsFinal: true),
        new("unknown layout of the custom address", ErrorCode.EfuseAlreadyBurned, chip => [new EfuseMacRequest { Address = "02:00:00:00:00:02" }], chip => [("MAC_VERSION", 2)], IsClassic, IsFinal: true),
        new("flash voltage against what is set", ErrorCode.EfuseAlreadyBurned, chip => [new EfuseVoltageRequest { Voltage = EfuseFlashVoltage.V1_8 }], chip => [(Voltage(chip)!, 1)], chip => Voltage(chip) is not null, IsFinal: true),
        new("flash voltage without fuses for it", ErrorCode.ChipUnsupported, chip => [new EfuseVoltageRequest { Voltage = EfuseFlashVoltage.V3_3 }], Applies: chip => Voltage(chip) is null, IsFinal: true),
        new("unknown field", ErrorCode.EfuseNotFound, chip => [Set("NO_SUCH_FIELD", 1)], IsFinal: true),
        new("unknown block", ErrorCode.EfuseNotFound, chip => [Data("NO_SUCH_BLOCK", 32)], IsFinal: true),
        new("unknown name to lock", ErrorCode.EfuseNotFound, chip => [Lock("NO_SUCH_FIELD")], IsFinal: true),
        new("no such protection", ErrorCode.EfuseValueInvalid, chip => [Protect(Count(chip), EfuseProtection.Read)], IsFinal: true),
        new("data of another length", ErrorCode.EfuseValueInvalid, chip => [Data(UserBlock(chip), 31)], IsFinal: true),
        new("data beyond the block", ErrorCode.EfuseValueInvalid, chip => [Data(UserBlock(chip), 8) with { Offset = 25 }], IsFinal: true),
        new("bit beyond the block", ErrorCode.EfuseValueInvalid, chip => [new EfuseBitRequest { Block = UserBlock(chip), Bits = [256] }], IsFinal: true),
        new("block 0 by bytes", ErrorCode.EfuseValueInvalid, chip => [Data("BLOCK0", 4 * chip.Efuse.Blocks[0].Words)], IsFinal: true),
        new("locked field", ErrorCode.EfuseWriteProtected, chip => [Set(Number(chip).Name, 1)], chip => [Locked(Number(chip).WriteDisableBit)], IsFinal: true),
        new("locked field, bit by bit", ErrorCode.EfuseWriteProtected, chip => [new EfuseBitRequest { Block = "BLOCK0", Bits = [Number(chip).Ranges[0].Start] }], chip => [Locked(Number(chip).WriteDisableBit)], IsFinal: true),
        new("locked block", ErrorCode.EfuseWriteProtected, chip => [Data(UserBlock(chip), 32)], chip => [Locked(Block(chip, UserBlock(chip)).WriteDisableBit)], IsFinal: true),
        new("hidden block", ErrorCode.EfuseReadProtected, chip => [Data(KeyBlock(chip).Name, 32)], chip => [("RD_DIS", 1UL << KeyBlock(chip).ReadDisableBit!.Value)], IsFinal: true),
        new("protection with RD_DIS locked", ErrorCode.EfuseWriteProtected, chip => [Key(chip)], chip => [Locked(Field(chip, "RD_DIS").WriteDisableBit)], IsFinal: true),
        new("protection with WR_DIS locked", ErrorCode.EfuseWriteProtected, chip => [Lock(Count(chip))], chip => [Locked(Field(chip, "WR_DIS").WriteDisableBit)], chip => Field(chip, "WR_DIS").WriteDisableBit is not null, IsFinal: true),
        new("group of 3/4 coding twice", ErrorCode.EfuseCodingScheme, chip => [Data("BLOCK3", 1) with { Offset = 1 }], chip => [("CODING_SCHEME", 1), ("BLOCK3", 1)], IsClassic, IsFinal: true),
        new("coding that nobody has described", ErrorCode.EfuseCodingScheme, chip => [Data("BLOCK3", 32)], chip => [("CODING_SCHEME", 2)], IsClassic, IsFinal: true),
        new("digest under 3/4 coding", ErrorCode.EfuseCodingScheme, chip => [Digest(chip)], chip => [("CODING_SCHEME", 1)], IsClassic, IsFinal: true),
        new("digest on silicon without secure boot v2", ErrorCode.KeyPurposeInvalid, chip => [Digest(chip)], Applies: IsClassic, IsFinal: true, Revision: 100),
        new("key in a block whose hardware cannot use it", ErrorCode.KeyPurposeInvalid, chip => [Key(chip) with { Block = Unfit(chip) }], Applies: chip => Unfit(chip) is not null, IsFinal: true),
        new("purpose for a block whose hardware cannot use it", ErrorCode.KeyPurposeInvalid, chip => [Set($"KEY_PURPOSE_{Unfit(chip)!.Last()}", FlashKey(chip).Id)], Applies: chip => Unfit(chip) is not null, IsFinal: true),
        new("unknown purpose", ErrorCode.KeyPurposeInvalid, chip => [Key(chip) with { Purpose = "NO_SUCH_PURPOSE" }], IsFinal: true),
        new("digest for another purpose", ErrorCode.KeyPurposeInvalid, chip => [Key(chip) with { IsDigest = true }], IsFinal: true),
        new("block with another purpose", ErrorCode.KeyPurposeInvalid, chip => [Key(chip)], chip => [("KEY_PURPOSE_0", 9)], HasPurposes, IsFinal: true),
        new("block with another key", ErrorCode.KeyBlockInUse, chip => [Key(chip)], chip => [(KeyBlock(chip).Name, ulong.MaxValue)], IsFinal: true),
        new("key that cannot be compared", ErrorCode.KeyBlockInUse, chip => [Key(chip)], chip => [("RD_DIS", 1UL << KeyBlock(chip).ReadDisableBit!.Value)], IsFinal: true),
        new("two keys for one block", ErrorCode.KeyBlockInUse, chip => [Key(chip), Key(chip, seed: 3)], IsFinal: true),
        new("bits among those of a key", ErrorCode.KeyBlockInUse, chip => [Key(chip), new EfuseBitRequest { Block = KeyBlock(chip).Name, Bits = [.. Enumerable.Range(0, 256)] }], IsFinal: true),
        new("no key block free", ErrorCode.KeyBlockNotFree, chip => [Key(chip) with { Block = null }], chip => [.. chip.Efuse.Blocks.Where(block => block.HasPurpose).Select(block => (block.Name, 1UL))], HasPurposes, IsFinal: true),
        new("key of zeros", ErrorCode.EfuseValueInvalid, chip => [Key(chip) with { Key = new EfuseKey(new byte[32]) }], IsFinal: true),
    ];


    public static EfuseSnapshot State(ChipDefinition chip, (string Field, ulong Value)[] fields, int? revision = null)
    {
        EfuseTable table = chip.Efuse.GetTable(revision ?? Revision(chip));
        uint[][] words = [.. chip.Efuse.Blocks.Select(block => new uint[block.Words])];
        foreach ((string name, ulong value) in fields)
        {
            EfuseField field = table.Get(name);
            uint[] bits = EfuseBits.Spread(BitConverter.GetBytes(value), field.Ranges, words[field.Block].Length);
            words[field.Block] = [.. words[field.Block].Zip(bits, (word, bit) => word | bit)];
        }

        return new EfuseSnapshot(chip, words, new Dictionary<uint, uint>(), revision ?? Revision(chip));
    }

    public static int Revision(ChipDefinition chip) => Math.Max(chip.Factory.Revision, chip.Security.SecureBootV2MinRevision);

    public static EfuseField Field(ChipDefinition chip, string name) => chip.Efuse.GetTable(Revision(chip)).Get(name);

    public static EfuseValueRequest Set(string field, object? value) => new() { Field = field, Value = value };

    public static string Count(ChipDefinition chip) => IsReedSolomon(chip) ? "SPI_BOOT_CRYPT_CNT" : "FLASH_CRYPT_CNT";

    public static ulong All(ChipDefinition chip) => (1UL << Field(chip, Count(chip)).BitLength) - 1;

    public static string SecureBoot(ChipDefinition chip) => IsReedSolomon(chip) ? "SECURE_BOOT_EN" : "ABS_DONE_1";

    public static string UserBlock(ChipDefinition chip) => chip.Efuse.Blocks.Last(block => block.Name is "BLOCK_USR_DATA" or "BLOCK2" or "BLOCK3").Name;

    private static string UserField(ChipDefinition chip) => chip.Efuse.GetTable(Revision(chip)).Fields.First(field => field.Block == Block(chip, UserBlock(chip)).Index).Name;

    // What the rule about FLASH_CRYPT_CONFIG asks for, where there is one.
    public static IEnumerable<EfuseRequest> Config(ChipDefinition chip) => HasConfig(chip) ? [Set("FLASH_CRYPT_CONFIG", 0xF)] : [];

    public static KeyPurpose FlashKey(ChipDefinition chip) => chip.KeyPurposes.First(purpose => purpose.Name is "XTS_AES_128_KEY" or "FlashEncryption");

    public static EfuseKeyRequest Key(ChipDefinition chip, int longer = 0, int seed = 1) => new()
    {
        Purpose = FlashKey(chip).Name,
        Block = KeyBlock(chip).Name,
        Key = EfuseTestChips.Key(seed, 32 + longer),
    };

    public static EfuseBlockFacts KeyBlock(ChipDefinition chip) => chip.Efuse.Blocks.First(block => block.Name is "BLOCK_KEY0" or "BLOCK1" && block.ReadDisableBit is not null);

    public static EfuseKeyRequest Digest(ChipDefinition chip)
    {
        KeyPurpose purpose = chip.KeyPurposes.First(known => known.IsDigest);
        return new() { Purpose = purpose.Name, Block = purpose.Block ?? "BLOCK_KEY1", Key = EfuseTestChips.Key(2), IsDigest = true };
    }

    public static EfuseProtectionRequest HideDigest(ChipDefinition chip) => new() { Name = Digest(chip).Block!, Protection = EfuseProtection.Read };

    public static bool IsReedSolomon(ChipDefinition chip) => chip.Efuse.Generation == EfuseGeneration.ReedSolomon;

    public static bool HasConfig(ChipDefinition chip) => chip.Efuse.Has(EfuseRole.EncryptionConfig);

    private static (string Field, ulong Value)[] WithReadableFlashKey(ChipDefinition chip) =>
        [(KeyBlock(chip).Name, 5), .. HasPurposes(chip) ? new[] { ("KEY_PURPOSE_0", (ulong)FlashKey(chip).Id!) } : []];

    private static EfuseProtectionRequest Protect(string name, EfuseProtection protection) => new() { Name = name, Protection = protection };

    private static EfuseProtectionRequest Lock(string name) => Protect(name, EfuseProtection.Write);

    private static (string Field, ulong Value) Locked(int? bit) => ("WR_DIS", 1UL << bit!.Value);

    private static EfuseDataRequest Data(string block, int length) => new() { Block = block, Data = EfuseTestChips.Key(4, length) };

    private static EfuseBlockFacts Block(ChipDefinition chip, string name) => chip.Efuse.Blocks.Single(block => block.Name == name);

    // Some number of block 0 that nothing else depends on.
    public static EfuseField Number(ChipDefinition chip) => chip.Efuse.GetTable(Revision(chip)).Fields.First(field =>
        field is { Block: 0, Type: EfuseFieldType.UInt, BitLength: >= 2, IsFixed: false, IsCalculated: false, IsCounter: false, Phase: EfuseBurnPhase.Normal, Display: EfuseDisplay.Plain, WriteDisableBit: not null }
        && field.Name != "FLASH_CRYPT_CONFIG");

    private static EfuseField? Pair(ChipDefinition chip) => chip.Efuse.GetTable(Revision(chip)).Fields.FirstOrDefault(field => field.NotWith is not null);

    private static string? Voltage(ChipDefinition chip) => chip.Efuse.GetTable(Revision(chip)).Fields.FirstOrDefault(field => field.Name is "XPD_SDIO_TIEH" or "VDD_SPI_TIEH")?.Name;

    private static string? Unfit(ChipDefinition chip) => FlashKey(chip).NotInBlocks.FirstOrDefault();

    private static bool HasPair(ChipDefinition chip) => Pair(chip) is not null;

    private static bool HasPurposes(ChipDefinition chip) => KeyBlock(chip).HasPurpose;

    private static bool HasHalves(ChipDefinition chip) => KeyBlock(chip).UpperHalfReadDisableBit is not null;

    private static bool IsClassic(ChipDefinition chip) => !IsReedSolomon(chip);
}
