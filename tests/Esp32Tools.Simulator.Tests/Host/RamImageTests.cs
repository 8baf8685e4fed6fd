using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Devices.Output;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Programs loaded into RAM on every chip, through both loaders.</summary>
public sealed class RamImageTests
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Program_runs_and_its_first_line_is_not_lost(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        byte[] image = RamFirmware.Printing(bench.Chip, "RAM test\r\nPASS 12\r\n");
        List<string> heard = [];
        List<long> done = [];

        RamImageResult result = RamImageLoader.Run(
            device, Plan(device, image), Watch("^PASS"), watch: true, line => heard.Add(line.Text), progress => done.Add(progress.Done), CancellationToken.None);

        Assert.Equal(["RAM test", "PASS 12"], result.Output.Select(line => line.Text));
        Assert.Equal(["RAM test", "PASS 12"], heard);
        Assert.True(result.Started);
        Assert.Equal(2, result.Segments);
        Assert.Equal(result.Length, done[^1]);
        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
        Assert.Equal(OutputOptions.DefaultBaudRate, device.BaudRate);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Image_that_is_only_loaded_leaves_the_loader_at_work(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        byte[] image = RamFirmware.Printing(bench.Chip, "never");

        RamImageResult result = RamImageLoader.Load(device, Plan(device, image), null, CancellationToken.None);

        Assert.False(result.Started);
        Assert.Equal(
            VirtualProgram.Printing("never"),
            MemoryReader.Read(device, RamFirmware.CodeAddress(bench.Chip), 12, [], null, CancellationToken.None));
        Assert.Equal(0x4004 + 12, result.Length);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void What_does_not_belong_into_RAM_is_refused_before_anything_is_sent(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        uint code = RamFirmware.CodeAddress(bench.Chip);
        byte[] some = [1, 2, 3, 4];

        AssertRefused(device, ErrorCode.ImageNotForRam, RamFirmware.Build(bench.Chip, code, (code, some), (bench.Chip.Image.InstructionFlash.Start, some)));
        AssertRefused(device, ErrorCode.ImageNotForRam, RamFirmware.Build(bench.Chip, code, (code, some), (bench.Chip.MemoryMap.First(region => region.Name == "IRAM").End - 4, HostFirmware.Noise(0x10_0000, 1))));
        AssertRefused(device, ErrorCode.ImageNotForRam, RamFirmware.Build(bench.Chip, code + 4, (code, some)));
        AssertRefused(device, ErrorCode.ImageEmpty, []);
        byte[] damaged = RamFirmware.Build(bench.Chip, code, (code, some));
        damaged[33] ^= 1;
        AssertRefused(device, ErrorCode.ImageInvalid, damaged);
        byte[] other = RamFirmware.Build(bench.Chip, code, (code, some));
        AssertRefused(device, ErrorCode.ImageForOtherChip, ForAnother(other));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Running_stub_is_not_loaded_over(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        using Esp32Device device = bench.Connect();
        if (device.GetLoader().Stub is not { } stub)
        {
            Assert.Equal(LoaderKind.Rom, loader);
            return;
        }

        uint code = stub.TextStart;
        Esp32Exception error = AssertRefused(device, ErrorCode.RamInUse, RamFirmware.Build(bench.Chip, code, (code, [1, 2, 3, 4])));
        Assert.Contains("ram.bin", error.Message);
    }

    [Theory]
    [InlineData("corrupt@tochip:9000")]
    [InlineData("lose@MEM_DATA:2")]
    [InlineData("lose@MEM_END")]
    [InlineData("drop@tochip:400")]
    public void Load_through_the_ROM_survives_the_wire(string fault)
    {
        using var bench = new HostBench("esp32c3");
        using Esp32Device device = bench.Connect();
        byte[] image = RamFirmware.Printing(bench.Chip, "RAM test\nPASS\n");
        RamImagePlan plan = Plan(device, image);
        bench.Board.Arm(FaultPlan.Parse(fault));

        RamImageResult result = RamImageLoader.Run(device, plan, Watch("^PASS"), watch: true, null, null, CancellationToken.None);

        Assert.Equal(["RAM test", "PASS"], result.Output.Select(line => line.Text));
        uint noise = RamFirmware.CodeAddress(bench.Chip) + 0x1000;
        Assert.Equal(BitConverter.ToUInt32(HostFirmware.Noise(0x4004, 7), 0x4000), bench.Board.Machine.Bus.Read(noise + 0x4000));
    }

    [Fact]
    public void Image_for_another_revision_is_refused_unless_allowed()
    {
        using var bench = new HostBench("esp32c3");
        using Esp32Device device = bench.Connect();
        byte[] image = RamFirmware.Build(bench.Chip, RamFirmware.CodeAddress(bench.Chip), (RamFirmware.CodeAddress(bench.Chip), new byte[4]));
        image[15] = 0xE7; // minimum 9.99
        image[16] = 0x03;
        image[23] = 0; // no digest to put right

        Assert.Equal(ErrorCode.ImageRevision, Assert.Throws<InputException>(() => Plan(device, image)).Code);
        Assert.Single(RamImagePlan.Make(device, image, "ram.bin", [ErrorCode.ImageRevision], CancellationToken.None).Segments);
    }

    [Fact]
    public void Failure_that_the_program_prints_is_an_error()
    {
        using var bench = new HostBench("esp32c3");
        using Esp32Device device = bench.Connect();
        byte[] image = RamFirmware.Printing(bench.Chip, "bit 3 stuck\nFAIL\n");
        OutputOptions watch = Watch("PASS") with { FailOn = [new Regex("FAIL")] };
        List<string> heard = [];

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => RamImageLoader.Run(
            device, Plan(device, image), watch, watch: true, line => heard.Add(line.Text), null, CancellationToken.None));

        Assert.Equal(ErrorCode.OutputFailed, error.Code);
        Assert.Equal(["bit 3 stuck", "FAIL"], heard);
    }

    [Fact]
    public void Real_application_is_not_taken_for_a_stub()
    {
        using var bench = new HostBench("esp32");
        using Esp32Device device = bench.Connect();
        uint code = RamFirmware.CodeAddress(bench.Chip);
        byte[] description = new byte[256];
        BitConverter.TryWriteBytes(description, 0xABCD_5432);

        RamImageLoader.Run(
            device, Plan(device, RamFirmware.Build(bench.Chip, code, (0x3FFB_0000, description), (code, new byte[16]))), new(), watch: false, null, null, CancellationToken.None);

        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
    }

    private static RamImagePlan Plan(Esp32Device device, byte[] image) =>
        RamImagePlan.Make(device, image, "ram.bin", [], CancellationToken.None);

    private static OutputOptions Watch(string until) => new() { Until = [new Regex(until)], Timeout = TimeSpan.FromSeconds(30) };

    private static Esp32Exception AssertRefused(Esp32Device device, ErrorCode code, byte[] image)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => Plan(device, image));
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Advice);
        return error;
    }

    private static byte[] ForAnother(byte[] image)
    {
        image[12] ^= 1;
        image[23] = 0; // no digest to put right
        return image;
    }
}
