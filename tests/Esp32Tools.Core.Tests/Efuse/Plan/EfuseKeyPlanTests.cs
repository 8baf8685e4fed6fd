using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

public sealed class EfuseKeyPlanTests
{
    [Fact]
    public void Esp32_flash_encryption_key_is_reversed_hidden_and_locked()
    {
        using EfusePlan plan = Plan(Chip(Classic, 300), Request("FlashEncryption"));
        Assert.Empty(plan.Refusals);
        Assert.Equal(["BLOCK1", "BLOCK0", "BLOCK0"], plan.Writes.Select(write => write.Block.Name));
        Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Equal([1u << 7, 1u << 16], plan.Writes.Skip(1).Select(write => write.Words[0]));
        Assert.Equal([false, true, true], plan.Steps.Select(step => step.IsProtection));
    }

    [Theory]
    [InlineData("flash_encryption")]
    [InlineData("FLASH_ENCRYPTION")]
    public void Block_called_by_what_it_is_for_takes_the_purpose(string block)
    {
        using EfusePlan plan = Plan(Chip(Classic, 300), new EfuseKeyRequest { Block = block, Key = Key(1) });
        Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Block_called_by_its_number_takes_the_bytes_as_they_are_once_that_is_lifted()
    {
        EfuseKeyRequest request = new() { Block = "BLOCK1", Key = Key(1) };
        using EfusePlan refused = Plan(Chip(Classic, 300), request);
        Assert.Equal(ErrorCode.KeyWithoutPurpose, Assert.Single(refused.Refusals).Code);
        using EfusePlan plan = EfusePlanner.Plan(Chip(Classic, 300), [request], new EfusePlanOptions { Allow = [ErrorCode.KeyWithoutPurpose] });
        Assert.Equal(Bytes(1), EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Equal(1u << 7, plan.Writes[1].Words[0]);
        Assert.Contains("FlashEncryption", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void C3_key_brings_purpose_first_and_protection_after()
    {
        using EfusePlan plan = Plan(Chip(C3, 4), Request("XTS_AES_128_KEY", "BLOCK_KEY1"));
        Assert.Equal(["BLOCK_KEY1", "BLOCK0", "BLOCK0", "BLOCK0"], plan.Writes.Select(write => write.Block.Name));
        Assert.Equal(4u << 28, plan.Writes[1].Words[2]);
        Assert.Equal([(1u << 24) | (1u << 9), 0], plan.Writes[2].Words.Take(2));
        Assert.Equal([0, 1u << 1], plan.Writes[3].Words.Take(2));
    }

    [Theory]
    [InlineData("SECURE_BOOT_DIGEST0")]
    [InlineData("USER")]
    public void Digests_and_user_keys_are_never_hidden(string purpose)
    {
        using EfusePlan plan = Plan(Chip(C3, 4), Request(purpose, "BLOCK_KEY1"));
        Assert.All(plan.Writes.Where(write => write.Block.Index == 0), write => Assert.Equal(0u, write.Words[1]));
    }

    [Fact]
    public void Without_a_block_the_first_free_one_is_chosen()
    {
        // KEY0 holds data, KEY1 is locked, KEY2 has another purpose, the purpose of KEY3 is locked.
        EfuseSnapshot chip = Chip(C3, 4, (4, 0, 1), (0, 0, (1u << 24) | (1u << 11)), (0, 3, 8));
        using EfusePlan plan = Plan(chip, Request("HMAC_UP"), Request("HMAC_UP", seed: 2));
        Assert.Equal(["BLOCK_KEY5", "BLOCK_KEY4"], plan.Writes.Where(write => write.Block.Index > 0).Select(write => write.Block.Name));
    }

    [Fact]
    public void Flash_encryption_key_is_never_put_where_the_hardware_does_not_find_it()
    {
        EfuseSnapshot chip = Chip(C3, 4, (4, 0, 1), (5, 0, 1), (6, 0, 1), (7, 0, 1), (8, 0, 1));
        Assert.Equal(ErrorCode.KeyBlockNotFree, Refusal(chip, Request("XTS_AES_128_KEY")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(chip, Request("XTS_AES_128_KEY", "BLOCK_KEY5")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(chip, new EfuseValueRequest { Field = "KEY_PURPOSE_5", Value = "XTS_AES_128_KEY" }));
    }

    [Fact]
    public void Same_script_twice_does_not_fill_the_next_block()
    {
        EfuseSnapshot readable = ChipWithBlock(C3, 4, 4, Bytes(1), (0, 2, 8u << 24), (0, 0, (1u << 8) | (1u << 23)), (0, 1, 0));
        using EfusePlan again = Plan(readable, Request("HMAC_UP") with { ReadProtect = false });
        Assert.True(again.IsEmpty);
        Assert.Empty(again.Refusals);

        EfuseSnapshot hidden = Chip(C3, 4, (0, 2, 8u << 24), (0, 0, (1u << 8) | (1u << 23)), (0, 1, 1));
        Assert.Equal(ErrorCode.KeyBlockInUse, Refusal(hidden, Request("HMAC_UP")));
    }

    [Fact]
    public void Same_key_again_only_gets_the_protection_it_lacks()
    {
        using EfusePlan plan = Plan(ChipWithBlock(Classic, 300, 1, [.. Bytes(1).Reverse()]), Request("FlashEncryption"));
        Assert.Equal([EfuseBurnPhase.WriteProtection, EfuseBurnPhase.ReadProtection], plan.Writes.Select(write => write.Phase));
        Assert.All(plan.Writes, write => Assert.Equal(0, write.Block.Index));
        Assert.True(plan.Steps[0].IsDone);
    }

    [Theory]
    [InlineData("esp32c3", 0, 256)]
    [InlineData("esp32", 0, 256)]
    [InlineData("esp32", 1, 192)]
    public void Step_of_a_key_says_how_long_it_is_and_not_how_many_ones_it_has(string name, int coding, int length)
    {
        ChipDefinition chip = ChipCatalog.ByName(name);
        foreach (int ones in new[] { 1, 8, 77 })
        {
            byte[] key = new byte[length / 8];
            Enumerable.Range(0, ones).ToList().ForEach(bit => key[bit / 8] |= (byte)(1 << (bit % 8)));
            EfuseRequest[] requests =
            [
                new EfuseKeyRequest { Key = new EfuseKey(key), Purpose = chip == C3 ? "HMAC_UP" : "FlashEncryption" },
                new EfuseDataRequest { Block = chip == C3 ? "BLOCK_KEY5" : "BLOCK3", Data = new EfuseKey(key) },
            ];
            using EfusePlan plan = EfusePlanner.Plan(Chip(chip, 300, coding == 0 ? [] : [(0, 6, (uint)coding)]), requests);
            Assert.Equal([length, length], plan.Steps.Where(step => step.Block != 0).Select(step => step.Bits));
            Assert.All(plan.Steps.Where(step => step.Block != 0), step => Assert.False(step.IsDone));
            Assert.All(plan.Steps.Where(step => step.Block == 0), step => Assert.Equal(step.GetBitNumbers().Count, step.Bits));
        }
    }

    [Fact]
    public void Step_of_a_key_that_is_there_in_part_does_not_say_how_much_is_missing()
    {
        byte[] stored = [.. Bytes(1).Reverse()];
        byte[] part = [.. stored.Take(20), .. new byte[12]];
        using EfusePlan plan = Plan(ChipWithBlock(Classic, 300, 1, part), Request("FlashEncryption"));
        Assert.Equal((256, false), (plan.Steps[0].Bits, plan.Steps[0].IsDone));
        using EfusePlan whole = Plan(ChipWithBlock(Classic, 300, 1, stored), Request("FlashEncryption"));
        Assert.Equal((0, true), (whole.Steps[0].Bits, whole.Steps[0].IsDone));
    }

    [Fact]
    public void Another_key_is_refused_even_when_forced()
    {
        foreach (bool force in new[] { false, true })
        {
            EfuseSnapshot chip = ChipWithBlock(C3, 4, 5, Bytes(2));
            using EfusePlan plan = EfusePlanner.Plan(chip, [Request("HMAC_UP", "BLOCK_KEY1")], new EfusePlanOptions { Allow = force ? RefusalCatalog.EfuseBurn.Codes : [] });
            Assert.Equal(ErrorCode.KeyBlockInUse, Assert.Single(plan.Refusals).Code);
        }
    }

    [Fact]
    public void Refusals_name_their_rule()
    {
        EfuseSnapshot esp32 = Chip(Classic, 300);
        EfuseSnapshot c3 = Chip(C3, 4);
        Assert.Equal(ErrorCode.KeyLength, Refusal(esp32, Request("FlashEncryption", length: 31)));
        Assert.Equal(ErrorCode.KeyLength, Refusal(Chip(Classic, 300, (0, 6, 1)), Request("FlashEncryption")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(esp32, Request("XTS_AES_128_KEY")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(c3, Request("XTS_AES_256_KEY")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(c3, new EfuseKeyRequest { Block = "BLOCK_KEY0", Key = Key(1) }));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(esp32, Request("FlashEncryption", "BLOCK2")));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(Chip(Classic, 100), Request("SecureBootV2")));
        Assert.Equal(ErrorCode.EfuseCodingScheme, Refusal(Chip(Classic, 300, (0, 6, 1)), Request("SecureBootV2", length: 24)));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Refusal(c3, Request("HMAC_UP", "BLOCK_USR_DATA")));
        Assert.Equal(ErrorCode.EfuseNotFound, Refusal(c3, Request("HMAC_UP", "BLOCK_KEY6")));
        Assert.Equal(ErrorCode.EfuseWriteProtected, Refusal(Chip(C3, 4, (0, 0, 1u << 23)), Request("HMAC_UP", "BLOCK_KEY0")));
        Assert.Equal(ErrorCode.EfuseWriteProtected, Refusal(Chip(C3, 4, (0, 0, 1)), Request("HMAC_UP", "BLOCK_KEY0")));
        Assert.Equal(ErrorCode.EfuseValueInvalid, Refusal(c3, new EfuseKeyRequest { Block = "BLOCK_KEY0", Purpose = "USER", Key = new EfuseKey(new byte[32]) }));
        Assert.Equal(ErrorCode.EfuseCodingScheme, Refusal(Chip(Classic, 300, (0, 6, 2)), Request("FlashEncryption")));
        Assert.Equal(ErrorCode.EfuseCodingScheme, Refusal(Chip(Classic, 300, (0, 0, 1u << 19)), Request("FlashEncryption")));
        Assert.Equal(ErrorCode.DigestReadProtected, Refusal(Chip(Classic, 300, (0, 6, 1u << 5)), Request("SecureBootV1")));
    }

    [Fact]
    public void One_refusal_holds_back_everything_and_all_are_named()
    {
        using EfusePlan plan = Plan(Chip(C3, 4), Request("HMAC_UP", "BLOCK_KEY0"), Request("NONE", "BLOCK_KEY1"), Request("HMAC_UP", "BLOCK_KEY2", length: 3));
        Assert.Equal([ErrorCode.KeyPurposeInvalid, ErrorCode.KeyLength], plan.Refusals.Select(refusal => refusal.Code));
        Assert.True(plan.IsEmpty);
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Assert.Throws<EfuseException>(plan.ThrowIfRefused).Code);
    }

    public static TheoryData<string, EfuseRequest> SpoilersOfKeyInBlock4() => new()
    {
        { "a bit that the digest has not", new EfuseBitRequest { Block = "BLOCK_KEY0", Bits = [0] } },
        { "bytes of the block", new EfuseDataRequest { Block = "BLOCK_KEY0", Data = Key(9) } },
        { "another purpose", new EfuseValueRequest { Field = "KEY_PURPOSE_0", Value = "SECURE_BOOT_DIGEST2" } },
        { "purpose bit by bit", new EfuseBitRequest { Block = "BLOCK0", Bits = [89] } },
        { "hidden by mask", new EfuseValueRequest { Field = "RD_DIS", Value = 1 } },
        { "hidden bit by bit", new EfuseBitRequest { Block = "BLOCK0", Bits = [32] } },
        { "hidden by name", new EfuseProtectionRequest { Name = "BLOCK_KEY0", Protection = EfuseProtection.Read } },
    };

    [Theory]
    [MemberData(nameof(SpoilersOfKeyInBlock4))]
    public void Nothing_in_the_same_plan_can_spoil_a_digest(string how, EfuseRequest spoiler)
    {
        EfuseRequest digest = Request("SECURE_BOOT_DIGEST0", "BLOCK_KEY0");
        foreach (EfuseRequest[] order in new EfuseRequest[][] { [digest, spoiler], [spoiler, digest] })
        {
            using EfusePlan plan = Plan(Chip(C3, 4), order);
            Assert.True(plan.Refusals.Count > 0, how);
            Assert.True(plan.IsEmpty);
        }
    }

    [Fact]
    public void Digest_in_the_chip_is_not_hidden_by_a_mask()
    {
        Assert.Equal(ErrorCode.DigestReadProtected, Refusal(Chip(C3, 4, (0, 2, 9u << 24)), new EfuseValueRequest { Field = "RD_DIS", Value = 1 }));
        Assert.Equal(ErrorCode.DigestReadProtected, Refusal(Chip(Classic, 300, (0, 6, 1u << 5)), new EfuseValueRequest { Field = "RD_DIS", Value = 2 }));
    }

    [Fact]
    public void Same_field_twice_with_different_values_is_refused_and_with_the_same_is_not()
    {
        EfuseRequest three = new EfuseValueRequest { Field = "FLASH_TPUW", Value = 3 };
        using EfusePlan differ = Plan(Chip(C3, 4), new EfuseValueRequest { Field = "FLASH_TPUW", Value = 1 }, three);
        using EfusePlan same = Plan(Chip(C3, 4), three, three);
        Assert.Equal(ErrorCode.EfuseValueInvalid, Assert.Single(differ.Refusals).Code);
        Assert.Empty(same.Refusals);
    }

    [Fact]
    public void No_text_of_a_plan_holds_a_key()
    {
        using EfuseKey key = Key(1);
        using EfusePlan plan = Plan(Chip(C3, 4), new EfuseKeyRequest { Block = "BLOCK_KEY0", Purpose = "HMAC_UP", Key = key });
        string text = string.Concat(plan.Steps.Select(step => $"{step.Name} {step.Change} {step.Reason} {step}")) + key + new EfuseKeyRequest { Key = key };
        Assert.Contains("***", text);
        Assert.Contains(key.Fingerprint, text);
        Assert.Equal(8, key.Fingerprint.Length);
        string hex = Convert.ToHexString(Bytes(1));
        Assert.DoesNotContain(hex[..8], text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(hex[^8..], text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(24, 8)]
    [InlineData(32, 0)]
    [InlineData(48, 16)]
    public void Ecdsa_scalar_is_filled_up_from_the_front(int length, int zeros)
    {
        using EfuseKey key = EfuseKey.FromEcdsaScalar(Bytes(1, length));
        Assert.Equal([.. new byte[zeros], .. Bytes(1, length)], key.Reveal());
        Assert.Equal(ErrorCode.KeyLength, Assert.Throws<EfuseException>(() => EfuseKey.FromEcdsaScalar(new byte[length + 1])).Code);
    }

    [Fact]
    public void Disposed_plan_and_key_hold_nothing()
    {
        EfuseKey key = Key(1);
        EfusePlan plan = Plan(Chip(C3, 4), new EfuseKeyRequest { Block = "BLOCK_KEY0", Purpose = "HMAC_UP", Key = key });
        key.Dispose();
        plan.Dispose();
        Assert.All(plan.Writes, write => Assert.All(write.Words, word => Assert.Equal(0u, word)));
        Assert.Throws<ObjectDisposedException>(key.Reveal);
    }

    private static EfuseKeyRequest Request(string purpose, string? block = null, int length = 32, int seed = 1) => new() { Purpose = purpose, Block = block, Key = Key(seed, length) };

    private static EfusePlan Plan(EfuseSnapshot chip, params EfuseRequest[] requests) => EfusePlanner.Plan(chip, requests);

    private static ErrorCode Refusal(EfuseSnapshot chip, EfuseRequest request)
    {
        using EfusePlan plan = Plan(chip, request);
        EfuseException refusal = Assert.Single(plan.Refusals);
        Assert.NotEmpty(refusal.Message);
        return refusal.Code;
    }
}
