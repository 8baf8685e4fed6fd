using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.SecureBoot;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Secure boot, switched on and refused.</summary>
public sealed class SecureBootTests
{
    /// <summary>Every chip that has it.</summary>
    public static TheoryData<string> Chips => [.. ChipCatalog.All.Where(chip => chip.Security.SecureBoot is not null).Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Goes_through_on_every_chip_and_has_nothing_to_do_afterwards(string chip)
    {
        using SecureBootUnit unit = new(chip);
        SecureBootOptions options = unit.Wanted(unit.Key) with { Images = unit.SignedImages(unit.Key) };

        IReadOnlyList<SecurityStep> steps = unit.Run(options);

        string[] names = unit.Chip.KeyPurposes.Count(purpose => purpose.IsDigest) > 1
            ? ["Check", "Key", "Write", "Verify", "Enable", "Revoke", "Lock"]
            : ["Check", "Key", "Write", "Verify", "Enable", "Lock"];
        Assert.Equal(names, steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.Equal(nameof(SecurityStepStatus.Done), step.Status));
        Assert.Equal(nameof(SecurityProof.Digested), steps[2].Proof);
        Assert.Equal(nameof(SecurityProof.None), steps[0].Proof);
        Assert.All(steps.Where(step => step.Name is not ("Check" or "Write")), step => Assert.Equal(nameof(SecurityProof.ReadBack), step.Proof));
        Assert.Equal(1u, unit.Fuse(unit.Chip.FieldName(EfuseRole.SecureBootEnable)));

        byte[][] fuses = unit.Fuses();
        using Esp32Device device = unit.Bench.Connect();
        Assert.Equal(2, device.ReadFlashProtection(CancellationToken.None).SecureBoot);
        using SecurityProcedure again = SecureBootProcedure.Plan(device, options, CancellationToken.None);
        Assert.True(again.IsDone);
        Assert.DoesNotContain(again.Run(null, CancellationToken.None), step => step.Name != "Check" && step.Status != nameof(SecurityStepStatus.AlreadySo));
        Assert.Equal(fuses, unit.Fuses());
    }

    [Fact]
    public void Bits_are_those_of_the_vendors_order()
    {
        using SecureBootUnit unit = new("esp32c3");

        unit.Run(unit.Wanted(unit.Key, unit.OtherKey) with { Images = unit.SignedImages(unit.Key), AggressiveRevoke = true });

        Assert.Equal(unit.Key.PublicKey.GetEfuseDigest(), unit.Fuses()[4][..32]);
        Assert.Equal(unit.OtherKey.PublicKey.GetEfuseDigest(), unit.Fuses()[5][..32]);
        Assert.Equal((9u, 10u, 0u), (unit.Fuse("KEY_PURPOSE_0"), unit.Fuse("KEY_PURPOSE_1"), unit.Fuse("KEY_PURPOSE_2")));
        Assert.Equal((0u, 0u, 1u), (unit.Fuse("SECURE_BOOT_KEY_REVOKE0"), unit.Fuse("SECURE_BOOT_KEY_REVOKE1"), unit.Fuse("SECURE_BOOT_KEY_REVOKE2")));
        Assert.Equal((1u, 1u, 7u, 1u, 1u, 1u), (unit.Fuse("DIS_PAD_JTAG"), unit.Fuse("DIS_USB_JTAG"), unit.Fuse("SOFT_DIS_JTAG"), unit.Fuse("DIS_DIRECT_BOOT"), unit.Fuse("SECURE_BOOT_AGGRESSIVE_REVOKE"), unit.Fuse("WR_DIS") & 1));
        Assert.Equal(0u, unit.Fuse("RD_DIS"));
    }

    [Fact]
    public void Digests_are_found_where_they_are_in_whatever_order_they_are_named()
    {
        using SecureBootUnit unit = new("esp32c3");
        unit.Run(unit.Wanted(unit.Key, unit.OtherKey) with { Images = unit.SignedImages(unit.OtherKey) });
        byte[][] fuses = unit.Fuses();

        Assert.All(unit.Run(unit.Wanted(unit.OtherKey, unit.Key)), step => Assert.NotEqual(step.Name != "Check", step.Status == nameof(SecurityStepStatus.Done)));
        Assert.Equal(fuses, unit.Fuses());
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c2")]
    [InlineData("esp32c3")]
    public void A_bootloader_that_would_not_start_is_refused_before_anything_is_burned(string chip)
    {
        using SecureBootUnit unit = new(chip);
        SecureBootOptions options = unit.Wanted(unit.Key);
        byte[] signed = SecureBootUnit.Signed(unit.Bootloader, unit.Key);
        byte[] changed = (byte[])signed.Clone();
        changed[100] ^= 1;
        (string Why, byte[]? InFlash, byte[]? Given)[] cases =
        [
            ("is no image", null, null),
            ("is not signed", unit.Bootloader, null),
            ("is signed with other keys", SecureBootUnit.Signed(unit.Bootloader, unit.OtherKey), null),
            ("checksum", changed, null),
            ("is not signed", signed, unit.Bootloader),
            ("is signed with other keys", signed, SecureBootUnit.Signed(unit.Bootloader, unit.OtherKey)),
        ];

        foreach ((string why, byte[]? inFlash, byte[]? given) in cases)
        {
            unit.Bench.Board.LoadFlash(unit.BootloaderAddress, inFlash ?? [.. Enumerable.Repeat((byte)0xFF, 0x6000)]);
            FlashImage[] images = given is null ? [] : [new FlashImage("given.bin", unit.BootloaderAddress, given)];
            Esp32Exception refusal = unit.Refusal(options with { Images = images })!;
            Assert.Equal((ErrorCode.BootloaderNotSigned, false), (refusal.Code, refusal.IsLiftable));
            Assert.Contains(why, refusal.Message);
        }
    }

    [Fact]
    public void A_signature_in_a_place_that_the_ROM_does_not_look_at_is_none()
    {
        using SecureBootUnit unit = new("esp32");
        unit.Bench.Board.LoadFlash(unit.BootloaderAddress, SecureBootUnit.Signed(unit.Bootloader, unit.OtherKey, unit.Key));

        Assert.Contains("does not look at", unit.Refusal(unit.Wanted(unit.Key))!.Message);
    }

    [Fact]
    public void An_application_that_would_not_start_is_refused()
    {
        using SecureBootUnit unit = new("esp32c3");
        FlashImage[] images = [unit.SignedImages(unit.Key)[0], new FlashImage("app.bin", 0x1_0000, unit.Bootloader)];

        Assert.Equal(ErrorCode.ImageNotSigned, unit.Refusal(unit.Wanted(unit.Key) with { Images = images })!.Code);
    }

    [Fact]
    public void Without_a_flash_key_the_loss_of_read_protection_is_a_warning()
    {
        using SecureBootUnit unit = new("esp32c3");
        using Esp32Device device = unit.Bench.Connect();
        using SecurityProcedure procedure = SecureBootProcedure.Plan(device, unit.Wanted(unit.Key) with { Images = unit.SignedImages(unit.Key), Allow = [] }, CancellationToken.None);

        Assert.Empty(procedure.Refusals);
        Assert.Contains(procedure.Warnings, warning => warning.Contains("a key burned later can never be hidden"));
    }

    [Theory]
    [InlineData("esp32s31", null, ErrorCode.ChipUnsupported, false)]
    [InlineData("esp32", 100, ErrorCode.ChipUnsupported, false)]
    [InlineData("esp32c3", 2, ErrorCode.ChipUnsupported, false)]
    [InlineData("esp32p4", 300, ErrorCode.SecureBootFault, true)]
    public void Silicon_that_cannot_is_refused(string chip, int? revision, ErrorCode code, bool isLiftable)
    {
        using SecureBootUnit unit = new(chip, options => options with { Revision = revision });
        Esp32Exception refusal = unit.Refusal(unit.Wanted(unit.Key) with { Images = unit.SignedImages(unit.Key) })!;

        Assert.Equal((code, isLiftable), (refusal.Code, refusal.IsLiftable));
    }

    [Theory]
    [InlineData("esp32", SigningKeyType.EcdsaP256, ErrorCode.KeyTypeUnsupported)]
    [InlineData("esp32s3", SigningKeyType.EcdsaP256, ErrorCode.KeyTypeUnsupported)]
    [InlineData("esp32c2", SigningKeyType.Rsa3072, ErrorCode.KeyTypeUnsupported)]
    [InlineData("esp32c61", SigningKeyType.Rsa3072, ErrorCode.KeyTypeUnsupported)]
    [InlineData("esp32c6", SigningKeyType.EcdsaP384, ErrorCode.KeyTypeUnsupported)]
    [InlineData("esp32h2", SigningKeyType.EcdsaP256, ErrorCode.SecureBootFault)]
    [InlineData("esp32p4", SigningKeyType.EcdsaP256, ErrorCode.SecureBootFault)]
    [InlineData("esp32c5", SigningKeyType.EcdsaP384, ErrorCode.SecureBootFault)]
    [InlineData("esp32c6", SigningKeyType.EcdsaP256, null)]
    [InlineData("esp32c2", SigningKeyType.EcdsaP192, null)]
    public void Keys_are_of_a_kind_that_the_ROM_verifies(string chip, SigningKeyType type, ErrorCode? code)
    {
        using SecureBootUnit unit = new(chip);
        using SigningKey key = SigningKey.Create(type);

        // By the digest alone the kind is not known; the signature of the bootloader tells it.
        SecureBootDigest digest = SecureBootDigest.Read(key.PublicKey.GetEfuseDigest(), "digest.bin");
        SecureBootOptions options = unit.Wanted(unit.Key) with { Digests = [digest], Images = unit.SignedImages(key) };

        Assert.Equal(code, unit.Refusal(options)?.Code);
    }

    [Fact]
    public void Keys_on_P384_have_the_ROM_digest_with_SHA_384()
    {
        using SecureBootUnit unit = new("esp32c5");
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP384);
        SecureBootOptions options = unit.Wanted(key) with { Images = unit.SignedImages(key), Allow = [ErrorCode.ReadProtectionLost, ErrorCode.SecureBootFault] };

        unit.Run(options);

        Assert.Equal(1u, unit.Fuse("SECURE_BOOT_SHA384_EN"));
    }

    [Fact]
    public void A_digest_that_nobody_named_is_refused_and_can_be_kept_on_purpose()
    {
        using SecureBootUnit unit = new("esp32c3");
        unit.Run(unit.Wanted(unit.OtherKey) with { RevokeUnused = false, Images = unit.SignedImages(unit.OtherKey, unit.Key) });
        SecureBootOptions options = unit.Wanted(unit.Key);

        Assert.Equal((ErrorCode.DigestUnknown, true), unit.Refusal(options) is { } refusal ? (refusal.Code, refusal.IsLiftable) : default);
        unit.Run(options with { Allow = [ErrorCode.DigestUnknown] });

        Assert.Equal((9u, 10u), (unit.Fuse("KEY_PURPOSE_0"), unit.Fuse("KEY_PURPOSE_1")));
        Assert.Equal((0u, 0u, 1u), (unit.Fuse("SECURE_BOOT_KEY_REVOKE0"), unit.Fuse("SECURE_BOOT_KEY_REVOKE1"), unit.Fuse("SECURE_BOOT_KEY_REVOKE2")));
    }

    [Fact]
    public void More_digests_than_slots_are_refused()
    {
        using SecureBootUnit unit = new("esp32");

        Assert.Equal(ErrorCode.KeyBlockNotFree, unit.Refusal(unit.Wanted(unit.Key, unit.OtherKey) with { Images = unit.SignedImages(unit.Key) })!.Code);
    }

    [Fact]
    public void The_loader_is_closed_last_and_a_closed_unit_has_nothing_left_to_do()
    {
        using SecureBootUnit unit = new("esp32c3");
        SecureBootOptions options = unit.Wanted(unit.Key) with { Images = unit.SignedImages(unit.Key), DownloadMode = DownloadModeGoal.Secure };

        SecurityStep last = unit.Run(options)[^1];

        Assert.Equal(("Close", nameof(SecurityProof.NotVerifiable)), (last.Name, last.Proof));
        SecurityStep check = Assert.Single(unit.Run(options));
        Assert.Equal(("Check", nameof(SecurityStepStatus.Done), nameof(SecurityProof.NotVerifiable)), (check.Name, check.Status, check.Proof));
    }

    [Fact]
    public void In_encrypted_flash_the_key_decides_whether_the_bootloader_can_be_checked()
    {
        using SecureBootUnit unit = new("esp32c3");
        byte[] bytes = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 3))];
        using FlashKey key = new(bytes);
        using FlashCipher cipher = FlashCipher.For(unit.Chip, key);
        using (Esp32Device device = unit.Bench.Connect())
        {
            EfuseRequest[] requests =
            [
                new EfuseKeyRequest { Key = new EfuseKey(bytes), Purpose = "XTS_AES_128_KEY" },
                new EfuseValueRequest { Field = "SPI_BOOT_CRYPT_CNT", Value = 7 },
            ];
            EfusePlan plan = EfusePlanner.Plan(EfuseReader.Read(device.GetLoader(), device.GetChip(), default), requests);
            EfuseBurner.Burn(device.GetLoader(), device.GetTransport().Clock, device.GetChip(), device.ReadIdentity(default).CrystalMHz, plan, default);
        }

        byte[] signed = unit.SignedImages(unit.Key)[1].Data;
        unit.Bench.Board.LoadFlash(0, cipher.Encrypt(signed, 0));
        SecureBootOptions options = unit.Wanted(unit.Key) with { Allow = [] };

        Assert.Equal((ErrorCode.BootloaderUnchecked, true), unit.Refusal(options) is { } refusal ? (refusal.Code, refusal.IsLiftable) : default);
        using FlashKey wrong = new([.. bytes.Reverse()]);
        Assert.Equal(ErrorCode.BootloaderNotSigned, unit.Refusal(options with { FlashKey = wrong })!.Code);

        unit.Run(options with { FlashKey = key, Images = unit.SignedImages(unit.Key) });

        Assert.Equal(1u, unit.Fuse("SECURE_BOOT_EN"));
        Assert.Equal(cipher.Encrypt(signed, 0x1_0000), unit.Bench.Board.ReadFlash(0x1_0000, signed.Length));
    }

    [Fact]
    public void Refusals_that_cannot_be_lifted_are_told()
    {
        using SecureBootUnit unit = new("esp32c3");

        Assert.Equal(ErrorCode.ValueInvalid, unit.Refusal(unit.Wanted(unit.Key) with { Allow = [ErrorCode.BootloaderNotSigned] })!.Code);
        Assert.Equal(ErrorCode.ValueInvalid, unit.Refusal(new SecureBootOptions())!.Code);
    }
}
