using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.SecureBoot;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Secure boot v1 on the ESP32.</summary>
public sealed class SecureBootV1ProcedureTests
{
    private static readonly SigningKey s_key = SigningKey.Create(SigningKeyType.EcdsaP256);

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public void Goes_through_and_has_nothing_to_do_afterwards(int revision)
    {
        using SecureBootUnit unit = new("esp32", options => options with { Revision = revision });
        SecureBootOptions options = unit.WantedV1(s_key) with { Images = Images(unit) };

        IReadOnlyList<SecurityStep> steps = unit.Run(options);

        Assert.Equal(["Check", "Write", "Verify", "Key", "Enable", "Lock"], steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.Equal(nameof(SecurityStepStatus.Done), step.Status));
        Assert.Equal((1u, 0u, 1u, 2u), (unit.Fuse("ABS_DONE_0"), unit.Fuse("ABS_DONE_1"), unit.Fuse("JTAG_DISABLE"), unit.Fuse("RD_DIS")));
        byte[] key = ((EcSigningKey)s_key).GetSecureBootV1Key();
        Assert.Equal(key.AsEnumerable().Reverse(), unit.Fuses()[2]);
        byte[] written = unit.Bench.Board.ReadFlash(0, 192);
        Assert.Equal(BootloaderDigest.Make(unit.Bootloader, "bootloader", key, written[..128])[..192], written);

        byte[][] fuses = unit.Fuses();
        using Esp32Device device = unit.Bench.Connect();
        using SecurityProcedure again = SecureBootProcedure.Plan(device, options, CancellationToken.None);
        Assert.True(again.IsDone);
        Assert.Contains(again.Warnings, warning => warning.Contains("cannot be proved"));
        Assert.Equal(fuses, unit.Fuses());
    }

    [Fact]
    public void The_bootloader_in_the_flash_gets_its_digest()
    {
        using SecureBootUnit unit = new("esp32");
        unit.Bench.Board.LoadFlash(0x1000, unit.Bootloader);

        unit.Run(unit.WantedV1(s_key));

        Assert.Equal(1u, unit.Fuse("ABS_DONE_0"));
        Assert.Equal(unit.Bootloader, unit.Bench.Board.ReadFlash(0x1000, unit.Bootloader.Length));
    }

    [Fact]
    public void A_hidden_key_that_may_be_another_is_refused()
    {
        using SecureBootUnit unit = new("esp32");
        using SigningKey other = SigningKey.Create(SigningKeyType.EcdsaP256);
        unit.Bench.Board.LoadFlash(0x1000, unit.Bootloader);
        unit.Run(unit.WantedV1(other));

        Esp32Exception refusal = unit.Refusal(unit.WantedV1(s_key))!;

        Assert.Equal((ErrorCode.BootloaderUnchecked, true), (refusal.Code, refusal.IsLiftable));
    }

    [Fact]
    public void What_would_not_start_is_refused()
    {
        using SecureBootUnit unit = new("esp32");
        FlashImage app = new("app.bin", 0x1_0000, unit.Bootloader);
        byte[] foreign = SecureBootV1.Sign(unit.Bootloader, "app", SigningKey.Create(SigningKeyType.EcdsaP256));

        Assert.Equal(ErrorCode.BootloaderNotSigned, unit.Refusal(unit.WantedV1(s_key))!.Code);
        Assert.Equal(ErrorCode.ImageNotSigned, unit.Refusal(unit.WantedV1(s_key) with { Images = [Images(unit)[0], app] })!.Code);
        Assert.Equal(ErrorCode.ImageNotSigned, unit.Refusal(unit.WantedV1(s_key) with { Images = [Images(unit)[0], app with { Data = foreign }] })!.Code);
    }

    [Fact]
    public void One_version_does_not_follow_the_other()
    {
        using SecureBootUnit unit = new("esp32");
        unit.Run(unit.WantedV1(s_key) with { Images = Images(unit) });

        Assert.Equal(ErrorCode.EfuseAlreadyBurned, unit.Refusal(unit.Wanted(unit.Key) with { Images = unit.SignedImages(unit.Key) })!.Code);
    }

    [Fact]
    public void Later_chips_have_no_version_1()
    {
        using SecureBootUnit unit = new("esp32c3");

        Assert.Equal(ErrorCode.ChipUnsupported, unit.Refusal(unit.WantedV1(s_key))!.Code);
    }

    private static FlashImage[] Images(SecureBootUnit unit) =>
    [
        new("bootloader.bin", 0x1000, unit.Bootloader),
        new("app.bin", 0x1_0000, SecureBootV1.Sign(unit.Bootloader, "app", s_key)),
    ];
}
