using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

public sealed class FlashTests
{
    private static readonly byte[] s_old = HostFirmware.Noise(4 << 20, 1);

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Flash_is_read_byte_for_byte(string chip, LoaderKind loader)
    {
        using HostBench bench = Noisy(chip, loader);
        using Esp32Device device = bench.Connect();
        (uint Address, int Length)[] places = [(0, 1), (0x1_0001, 3), (0x2_0FFF, 0x1_2345), (0x3F_FFFF, 1), (0x10_0000, 0), (0x0F_0000, loader == LoaderKind.Stub ? 0x20_0001 : 0x8001)];
        foreach ((uint address, int length) in places)
        {
            byte[] read = FlashReader.Read(device, address, length, null, CancellationToken.None);

            Assert.True(read.AsSpan().SequenceEqual(s_old.AsSpan((int)address, length)), $"0x{address:X} + {length}");
        }

        Refused(() => FlashReader.Read(device, 0x3F_FFFF, 2, null, CancellationToken.None), ErrorCode.BeyondFlash);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Range_is_erased_and_nothing_around_it(string chip, LoaderKind loader)
    {
        using HostBench bench = Noisy(chip, loader);
        using Esp32Device device = bench.Connect();

        FlashEraser.EraseRange(device, 0x0F_F000, 0x22_2000, [], null, CancellationToken.None);

        byte[] expected = (byte[])s_old.Clone();
        Array.Fill(expected, (byte)0xFF, 0x0F_F000, 0x22_2000);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(expected));
        Refused(() => FlashEraser.EraseRange(device, 0x800, 0x1000, [], null, CancellationToken.None), ErrorCode.Misaligned);
        Refused(() => FlashEraser.EraseRange(device, 0x1000, 0x800, [], null, CancellationToken.None), ErrorCode.Misaligned);
        Refused(() => FlashEraser.EraseRange(device, 0x3F_F000, 0x2000, [], null, CancellationToken.None), ErrorCode.BeyondFlash);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(expected));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void All_is_erased(string chip, LoaderKind loader)
    {
        using HostBench bench = Noisy(chip, loader);
        using Esp32Device device = bench.Connect();

        FlashEraseResult result = FlashEraser.EraseAll(device, [], null, CancellationToken.None);

        Assert.Equal(4 << 20, result.Length);
        Assert.DoesNotContain(bench.Flash(), value => value != 0xFF);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void First_difference_is_found_wherever_it_is(string chip, LoaderKind loader)
    {
        const uint Address = 0x2_0000;
        byte[] data = s_old[(int)Address..(int)(Address + 300_001)];
        foreach (int at in new[] { -1, 0, 1, 4095, 4096, 150_000, 299_999, 300_000 })
        {
            using HostBench bench = Noisy(chip, loader);
            byte[] changed = (byte[])data.Clone();
            if (at >= 0)
            {
                changed[at] ^= 0x10;
                changed[^1] ^= 0x01;
            }

            using Esp32Device device = bench.Connect();
            FlashTestResult result = FlashVerifier.Test(device, new FlashImage("noise", Address, changed), null, CancellationToken.None);

            Assert.Equal(at < 0, result.IsEqual);
            Assert.Equal(at < 0 ? null : Address + (uint)at, result.FirstDifference);
            Assert.Equal(at < 0 ? null : changed[at], result.Expected);
            Assert.Equal(at < 0 ? null : data[at], result.Actual);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Digest_of_the_chip_is_that_of_its_flash(string chip, LoaderKind loader)
    {
        using HostBench bench = Noisy(chip, loader);
        using Esp32Device device = bench.Connect();
        foreach ((uint address, int length) in new[] { (0u, 1), (0x1_0004u, 70_001), (0x20_0000u, 0x20_0000) })
        {
            FlashHash hash = FlashVerifier.Hash(device, address, length, CancellationToken.None);

            Assert.Equal(Convert.ToHexStringLower(MD5.HashData(s_old.AsSpan((int)address, length))), hash.Hash);
        }

        Refused(() => FlashVerifier.Hash(device, 0x3F_FFFC, 8, CancellationToken.None), ErrorCode.BeyondFlash);
        if (loader == LoaderKind.Rom)
        {
            Refused(() => FlashVerifier.Hash(device, 2, 8, CancellationToken.None), ErrorCode.Misaligned);
        }
    }

    private static HostBench Noisy(string chip, LoaderKind loader)
    {
        var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);
        return bench;
    }

    private static void Refused(Action action, ErrorCode code)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(action);
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Advice);
    }
}
