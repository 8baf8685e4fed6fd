using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Protection.State;
using Xunit;

namespace Esp32Tools.Core.Tests.Protection.State;

/// <summary>What eFuses say about protection, on every chip.</summary>
public sealed class SecurityAuditTests
{
    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void A_fresh_chip_is_open_and_nothing_is_wrong_with_it(string key)
    {
        Esp32SecurityState state = Examine(key);

        Assert.Equal(nameof(FlashEncryptionMode.None), state.FlashEncryption);
        Assert.Equal(0, state.SecureBoot);
        Assert.Equal(nameof(JtagState.Open), state.Jtag);
        Assert.Contains("JTAG", state.Open);
        Assert.NotEmpty(state.KeySlots);
        Assert.All(state.KeySlots, slot => Assert.True(slot.IsEmpty));
        Assert.Equal(["EncryptionOff", "SecureBootOff"], Ids(state));
        Assert.All(state.Findings, finding => Assert.Equal(nameof(FindingSeverity.Information), finding.Severity));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Encryption_without_a_key_is_critical(string key)
    {
        Esp32SecurityState state = Examine(key, Counter(key, 1));

        Assert.Equal(nameof(FlashEncryptionMode.Development), state.FlashEncryption);
        Assert.Equal(1, state.FlashCryptCount);
        Assert.Equal("EncryptionWithoutKey", state.Findings.First(finding => finding.Severity == nameof(FindingSeverity.Critical)).Id);
        Assert.Contains("EncryptionDevelopment", Ids(state));
        Assert.Contains("EncryptionWithoutSecureBoot", Ids(state));
        Assert.Contains("JtagOpen", Ids(state));
        Assert.Contains("LoaderOpen", Ids(state));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void A_counter_that_is_used_up_and_even_is_critical(string key)
    {
        (string name, ulong _) = Counter(key, 1);
        int length = Table(key).Get(name).BitLength;
        Esp32SecurityState locked = Examine(key, ("WR_DIS", 1UL << Table(key).Get(name).WriteDisableBit!.Value));

        Assert.Contains("EncryptionUsedUp", Ids(locked));
        Assert.Equal(length % 2 == 0, Ids(Examine(key, Counter(key, (1UL << length) - 1))).Contains("EncryptionUsedUp"));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Full_counter_and_a_loader_that_cannot_encrypt_are_release_mode(string key)
    {
        (string name, ulong _) = Counter(key, 1);
        int length = Table(key).Get(name).BitLength;
        string loader = Table(key).Find("DIS_DOWNLOAD_MANUAL_ENCRYPT") is null ? "DISABLE_DL_ENCRYPT" : "DIS_DOWNLOAD_MANUAL_ENCRYPT";
        Esp32SecurityState state = Examine(key, Counter(key, (1UL << length) - 1), (loader, 1));

        Assert.Equal(nameof(FlashEncryptionMode.Release), state.FlashEncryption);
        Assert.DoesNotContain("EncryptionDevelopment", Ids(state));
        Assert.DoesNotContain("writing through the flash encryption", state.Open);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Secure_boot_without_a_digest_is_critical(string key)
    {
        string field = Table(key).Find("SECURE_BOOT_EN") is null ? "ABS_DONE_1" : "SECURE_BOOT_EN";
        Esp32SecurityState state = Examine(key, (field, 1));

        Assert.Equal(2, state.SecureBoot);
        Assert.Contains(state.Findings, finding => finding is { Id: "SecureBootWithoutKey", Severity: nameof(FindingSeverity.Critical) });
        Assert.Equal(Table(key).Find("SECURE_BOOT_KEY_REVOKE0") is null ? 0 : 3, Ids(state).Count(id => id == "UnusedDigestOpen"));
    }

    [Fact]
    public void A_key_that_software_can_read_is_critical_and_is_not_shown()
    {
        Esp32SecurityState state = Examine("esp32c3", Counter("esp32c3", 1), ("KEY_PURPOSE_2", 4), ("BLOCK_KEY2", 0x1234_5678));

        KeySlot slot = state.KeySlots.Single(slot => slot.Block == "BLOCK_KEY2");
        Assert.Equal("XTS_AES_128_KEY", slot.Purpose);
        Assert.True(slot is { IsEmpty: false, IsReadable: true, IsWritable: true });
        Assert.Contains("EncryptionKeyReadable", Ids(state));
        Assert.DoesNotContain("12345678", string.Concat(state, slot, string.Concat<SecurityFinding>(state.Findings)), System.StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("EncryptionKeyReadable", Ids(Examine("esp32c3", Counter("esp32c3", 1), ("KEY_PURPOSE_2", 4), ("RD_DIS", 1 << 2))));
    }

    [Fact]
    public void Digests_are_told_with_what_revokes_them()
    {
        Esp32SecurityState state = Examine("esp32s3", ("SECURE_BOOT_EN", 1), ("KEY_PURPOSE_0", 9), ("KEY_PURPOSE_1", 10), ("SECURE_BOOT_KEY_REVOKE1", 1));

        Assert.Equal([false, true], state.KeySlots.Where(slot => slot.IsDigest).Select(slot => slot.IsRevoked));
        Assert.Equal(["Secure boot key 2 is not used and not revoked: its digest can still be added."], state.Findings.Where(finding => finding.Id == "UnusedDigestOpen").Select(finding => finding.Text));
        Assert.DoesNotContain("SecureBootWithoutKey", Ids(state));
    }

    [Fact]
    public void A_digest_that_is_read_protected_is_critical() =>
        Assert.Contains("DigestHidden", Ids(Examine("esp32c6", ("SECURE_BOOT_EN", 1), ("KEY_PURPOSE_0", 9), ("RD_DIS", 1))));

    [Fact]
    public void Secure_boot_that_locks_read_protection_before_encryption_is_told() =>
        Assert.Contains("EncryptionTooLate", Ids(Examine("esp32c3", ("SECURE_BOOT_EN", 1), ("KEY_PURPOSE_0", 9), ("WR_DIS", 1))));

    [Theory]
    [InlineData(0u, JtagState.Open)]
    [InlineData(1u, JtagState.LockedByKey)]
    [InlineData(3u, JtagState.Open)]
    [InlineData(7u, JtagState.LockedByKey)]
    public void Jtag_that_is_off_until_a_key_opens_it_counts_ones(uint softDisable, JtagState expected) =>
        Assert.Equal(expected.ToString(), Examine("esp32c3", ("SOFT_DIS_JTAG", softDisable)).Jtag);

    [Fact]
    public void Jtag_is_closed_for_good_only_on_pins_and_usb()
    {
        Assert.Equal(nameof(JtagState.Open), Examine("esp32c3", ("DIS_PAD_JTAG", 1)).Jtag);
        Assert.Equal(nameof(JtagState.Disabled), Examine("esp32c3", ("DIS_PAD_JTAG", 1), ("DIS_USB_JTAG", 1)).Jtag);
        Assert.Equal(nameof(JtagState.Disabled), Examine("esp32", ("JTAG_DISABLE", 1)).Jtag);
    }

    private static IReadOnlyList<string> Ids(Esp32SecurityState state) => [.. state.Findings.Select(finding => finding.Id)];

    private static EfuseTable Table(string key) => ChipCatalog.ByName(key).Efuse.GetTable(ChipCatalog.ByName(key).Factory.Revision);

    private static (string Field, ulong Value) Counter(string key, ulong value) =>
        (Table(key).Find("SPI_BOOT_CRYPT_CNT") is null ? "FLASH_CRYPT_CNT" : "SPI_BOOT_CRYPT_CNT", value);

    private static Esp32SecurityState Examine(string key, params (string Field, ulong Value)[] fields)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        uint[][] blocks = [.. chip.Efuse.Blocks.Select(block => new uint[block.Words])];
        foreach ((string name, ulong value) in fields)
        {
            EfuseField field = Table(key).Get(name);
            int at = 0;
            foreach (EfuseBitRange range in field.Ranges)
            {
                for (int bit = range.Start; bit < range.Start + range.Count; bit++, at++)
                {
                    blocks[field.Block][bit / 32] |= at < 64 && (value >> at & 1) != 0 ? 1u << (bit % 32) : 0;
                }
            }
        }

        return SecurityAudit.Examine(new EfuseSnapshot(chip, blocks, revision: chip.Factory.Revision));
    }
}
