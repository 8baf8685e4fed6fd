using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Tests.Chips;
using Esp32Tools.Simulator.Tests.Host;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Boot;

/// <summary>An application speaks only when all that comes before it is there and intact; else the one that found the fault does.</summary>
public sealed class BootChainTests
{
    private static readonly IReadOnlyDictionary<string, (Action<BootUnit> Damage, string Said)> s_faults = new Dictionary<string, (Action<BootUnit>, string)>
    {
        ["no bootloader"] = (unit => unit.Blank(unit.Chip.Image.BootloaderOffset, unit.Bootloader.Length), "invalid header: 0xffffffff"),
        ["a web page for a bootloader"] = (unit => unit.Board.LoadFlash(unit.Chip.Image.BootloaderOffset, "<!do"u8.ToArray()), "invalid header: 0x6f64213c"),
        ["a bootloader with a changed byte"] = (unit => unit.Flip(unit.Chip.Image.BootloaderOffset + 0x400), "ets_main.c"),
        ["a bootloader with a wrong hash"] = (unit => unit.Flip(unit.Chip.Image.BootloaderOffset + unit.Bootloader.Length - 1), "entry 0x"),
        ["a bootloader of another chip"] = (unit => unit.LoadChanged(unit.Chip.Image.BootloaderOffset, unit.Bootloader, image => image[12] ^= 0x40), "entry 0x"),
        ["a bootloader that is cut off"] = (unit => unit.Blank(unit.Chip.Image.BootloaderOffset + 0x1000, 0x4000), "ets_main.c"),
        ["no partition table"] = (unit => unit.Blank(BootUnit.Table, 0x1000), "flash_parts: partition 0 invalid magic number 0xffff"),
        ["a table with a changed name"] = (unit => unit.Flip(BootUnit.Table + 12), "flash_parts: Incorrect MD5 checksum"),
        ["a table whose second entry is none"] = (unit => unit.Flip(BootUnit.Table + 32), "flash_parts: partition 1 invalid magic number 0x50ab"),
        ["a table that ends beyond the flash"] = (unit => unit.Board.LoadFlash(BootUnit.Table + 32 + 10, [0xFF]), "exceeds flash chip size"),
        ["no application"] = (unit => unit.Blank(BootUnit.App, unit.Application.Length), "image at 0x10000 has invalid magic byte"),
        ["an application with a changed byte"] = (unit => unit.Flip(BootUnit.App + 0x200), "esp_image: Checksum failed."),
        ["an application with a wrong hash"] = (unit => unit.Flip(BootUnit.App + unit.Application.Length - 1), "esp_image: Image hash failed"),
        ["an application of another chip"] = (unit => unit.LoadChanged(BootUnit.App, unit.Application, image => image[12] ^= 0x40), "boot_comm: mismatch chip ID"),
        ["an application for a later revision"] = (unit => unit.LoadChanged(BootUnit.App, unit.Application, image => (image[15], image[16]) = (0x0F, 0x27)), "boot_comm: image does not admit chip revision"),
        ["an application that is longer than its partition"] = (Shorten, "doesn't fit in partition length"),
    };

    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    public static TheoryData<string> WithSecureBoot => [.. ChipCatalog.All.Where(chip => chip.Security.SecureBoot is not null).Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Application_speaks_when_all_is_there_and_intact(string chip)
    {
        string log = new BootUnit(chip).Log();
        Assert.Contains("2nd stage bootloader", log, StringComparison.Ordinal);
        Assert.Contains("Loaded app from partition at offset 0x10000", log, StringComparison.Ordinal);
        Assert.EndsWith($"Calling app_main()\r\n{BootUnit.Pass}\r\n", log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Any_fault_keeps_it_silent_and_is_named(string chip)
    {
        foreach ((string name, (Action<BootUnit> damage, string said)) in s_faults)
        {
            var unit = new BootUnit(chip);
            damage(unit);
            string log = unit.Log();
            Assert.True(!log.Contains("SELFTEST", StringComparison.Ordinal) && !log.Contains("app_main", StringComparison.Ordinal), $"{name}: {log}");
            Assert.True(log.Contains(said, StringComparison.Ordinal), $"{name}: {log}");
        }
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Wrong_hash_of_the_bootloader_is_told_by_the_ROMs_that_look_at_it(string chip)
    {
        var unit = new BootUnit(chip);
        unit.Flip(unit.Chip.Image.BootloaderOffset + unit.Bootloader.Length - 1);
        Assert.Equal(chip != "esp32", unit.Log().Contains("SHA-256 comparison failed:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Plain_images_do_not_start_where_flash_encryption_is_on(string chip)
    {
        var unit = new BootUnit(chip);
        ConsideredEncrypted(unit);
        string log = unit.Log();
        Assert.Contains("invalid header: 0x", log, StringComparison.Ordinal);
        Assert.DoesNotContain("SELFTEST", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Encrypted_images_start(string chip)
    {
        using var unit = new EncryptionBench(chip);
        unit.Run();
        Assert.Contains("SELFTEST PASS", BootUnit.LogOf(unit.Bench.Board), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithSecureBoot))]
    public void Secure_boot_starts_what_is_signed_by_its_key_alone(string chip)
    {
        using var unit = new SecureBootUnit(chip, options => options with { ApplicationOutput = [BootUnit.Pass] });
        byte[] table = SampleFirmware.PartitionTable();
        unit.Bench.Write([.. unit.SignedImages(unit.Key), new FlashImage("table.bin", BootUnit.Table, table)]);
        unit.Run(unit.Wanted(unit.Key));
        Esp32Simulator board = unit.Bench.Board;
        string good = BootUnit.LogOf(board);
        Assert.Contains("secure boot verification succeeded", good, StringComparison.Ordinal);
        Assert.EndsWith($"{BootUnit.Pass}\r\n", good, StringComparison.Ordinal);

        byte[] byOther = SecureBootUnit.Signed(unit.Bootloader, unit.OtherKey);
        board.LoadFlash(BootUnit.App, byOther);
        Assert.Contains("esp_image: Secure boot signature verification failed", BootUnit.LogOf(board), StringComparison.Ordinal);

        board.LoadFlash(unit.BootloaderAddress, byOther);
        Assert.Contains("secure boot verification failed", BootUnit.LogOf(board), StringComparison.Ordinal);

        board.LoadFlash(unit.BootloaderAddress, unit.Bootloader);
        board.LoadFlash(unit.BootloaderAddress + (((uint)unit.Bootloader.Length + 4095) / 4096 * 4096), [.. Enumerable.Repeat((byte)0xFF, 4096)]);
        string unsigned = BootUnit.LogOf(board);
        Assert.Contains("found 0xff not 0xe7", unsigned, StringComparison.Ordinal);
        Assert.DoesNotContain("SELFTEST", unsigned, StringComparison.Ordinal);
    }

    [Fact]
    public void Secure_boot_of_version_1_starts_a_bootloader_with_the_right_digest_alone()
    {
        using var key = SigningKey.Create(SigningKeyType.EcdsaP256);
        using SecureBootUnit unit = new("esp32", options => options with { ApplicationOutput = [BootUnit.Pass] });
        unit.Bench.Write([new FlashImage("table.bin", BootUnit.Table, SampleFirmware.PartitionTable())]);
        unit.Run(unit.WantedV1(key) with
        {
            Images = [new("bootloader.bin", unit.BootloaderAddress, unit.Bootloader), new("app.bin", BootUnit.App, SecureBootV1.Sign(unit.Bootloader, "app", key))],
        });
        Esp32Simulator board = unit.Bench.Board;
        Assert.EndsWith($"{BootUnit.Pass}\r\n", BootUnit.LogOf(board), StringComparison.Ordinal);

        board.LoadFlash(128, [(byte)(board.ReadFlash(128, 1)[0] ^ 1)]);
        string log = BootUnit.LogOf(board);
        Assert.Contains("secure boot check fail", log, StringComparison.Ordinal);
        Assert.DoesNotContain("SELFTEST", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "Loaded app from partition at offset 0x10000", "first slot without a choice")]
    [InlineData(2, 0, "Loaded app from partition at offset 0x40000", "second slot by its number")]
    [InlineData(2, 3, "Loaded app from partition at offset 0x10000", "an entry that is invalid does not count")]
    public void Choice_of_the_slot_is_followed(uint sequence, uint state, string said, string why)
    {
        _ = why;
        BootUnit unit = WithSlots(sequence, state);
        string log = unit.Log();
        Assert.Contains(said, log, StringComparison.Ordinal);
        Assert.Contains(BootUnit.Pass, log, StringComparison.Ordinal);
    }

    [Fact]
    public void Slot_that_is_damaged_gives_way_to_the_one_before_it()
    {
        BootUnit unit = WithSlots(2, 2);
        unit.Flip(0x4_0200);
        string log = unit.Log();
        Assert.Contains("OTA app partition slot 1 is not bootable", log, StringComparison.Ordinal);
        Assert.Contains("Loaded app from partition at offset 0x10000", log, StringComparison.Ordinal);
        Assert.EndsWith($"{BootUnit.Pass}\r\n", log, StringComparison.Ordinal);
    }

    // otadata at 0x9000 and two slots; sequence numbers 1 and 2 with their check values: formats.md, section 2.
    private static BootUnit WithSlots(uint sequence, uint state)
    {
        var unit = new BootUnit("esp32c3");
        unit.Blank(BootUnit.Table, 0x1000);
        unit.Board.LoadFlash(BootUnit.Table, [.. Entry(1, 0, 0x9000, 0x2000), .. Entry(0, 0x10, 0x1_0000, 0x3_0000), .. Entry(0, 0x11, 0x4_0000, 0x3_0000)]);
        unit.Board.LoadFlash(0x4_0000, unit.Application);
        if (sequence != 0)
        {
            unit.Board.LoadFlash(0x9000, [.. BitConverter.GetBytes(sequence), .. new byte[20], .. BitConverter.GetBytes(state), .. BitConverter.GetBytes(0x55F6_3774u)]);
        }

        return unit;
    }

    private static byte[] Entry(byte type, byte subType, uint offset, uint size) =>
        [0xAA, 0x50, type, subType, .. BitConverter.GetBytes(offset), .. BitConverter.GetBytes(size), .. new byte[20]];

    private static void Shorten(BootUnit unit)
    {
        unit.Blank(BootUnit.Table, 0x1000);
        unit.Board.LoadFlash(BootUnit.Table, Entry(0, 0, BootUnit.App, 0x2000));
    }

    private static void ConsideredEncrypted(BootUnit unit)
    {
        unit.Board.BurnFlashKey([.. Enumerable.Range(1, 32).Select(value => (byte)value)]);
        unit.Board.Burn(unit.Chip.FieldName(EfuseRole.EncryptionCount), 1);
    }
}
