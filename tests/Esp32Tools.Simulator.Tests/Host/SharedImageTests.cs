using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>An image that goes to many devices is worked out once, whoever comes first.</summary>
public sealed class SharedImageTests
{
    [Fact]
    public void Boards_side_by_side_get_the_same_bytes_compressed_once()
    {
        IReadOnlyList<FlashImage> images = HostFirmware.For(Esp32Tools.Chips.ChipCatalog.Find("esp32")!);
        var options = new FlashWriteOptions { FlashMode = "qio", EraseAll = true };
        var contents = new ImageContent[8];
        Parallel.For(0, contents.Length, new ParallelOptions { MaxDegreeOfParallelism = contents.Length }, i =>
        {
            using var bench = new HostBench("esp32", LoaderKind.Stub);
            using Esp32Device device = bench.Connect();
            FlashWritePlan plan = FlashWriter.Plan(device, images, options, CancellationToken.None);
            Assert.All(FlashWriter.Write(device, plan, null, CancellationToken.None), result => Assert.True(result.Verified));
            contents[i] = plan.Writes[0].Content;
        });

        Assert.All(contents, content => Assert.Same(contents[0], content));
        FlashSpan first = FlashSpan.Pieces(contents[0].WithoutBlanks)[0];
        Assert.Same(contents[0].StartCompressing(first), contents[^1].StartCompressing(first));
    }

    [Fact]
    public void Other_bytes_under_the_same_image_are_worked_out_anew()
    {
        var image = new FlashImage("app", 0x1_0000, HostFirmware.Noise(5000, 1));
        byte[] patched = (byte[])image.Data.Clone();
        patched[2] ^= 1;
        FlashImage copy = image with { Data = HostFirmware.Noise(5000, 2) };

        Assert.Same(image.ContentOf(image.Data), image.ContentOf((byte[])image.Data.Clone()));
        Assert.NotSame(image.ContentOf(image.Data), image.ContentOf(patched));
        Assert.NotEqual(image.ContentOf(image.Data).Md5, copy.ContentOf(copy.Data).Md5);
    }

    [Fact]
    public void What_was_worked_out_is_no_part_of_what_an_image_is()
    {
        byte[] data = HostFirmware.Noise(100, 1);
        var one = new FlashImage("app", 0x1_0000, data);
        var same = new FlashImage("app", 0x1_0000, data);
        one.ContentOf(data);

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, same with { Encrypt = true });
        Assert.NotEqual(one, same with { Address = 0 });
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Large_image_in_pieces_arrives_whole(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        byte[] data = [.. Enumerable.Range(0, 24).SelectMany(i => HostFirmware.Noise(0x2000, i).Concat(new byte[0x1_0000]))];
        var image = new FlashImage("large", 0x1_0000, data);
        bench.Board.LoadFlash(0, HostFirmware.Noise(4 << 20, 1));
        List<OperationProgress> progress = [];

        using Esp32Device device = bench.Connect();
        FlashWriteResult result = FlashWriter.Write(device, [image], new(), progress.Add, CancellationToken.None).Single();

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal((nameof(FlashWriteMethod.Full), data.Length), (result.Method, result.BytesWritten));
        OperationProgress[] writing = [.. progress.Where(step => step.Operation == "Writing large")];
        Assert.All(writing.Zip(writing.Skip(1)), pair => Assert.True(pair.Second.Done >= pair.First.Done));
        Assert.Equal(data.Length, writing[^1].Done);
    }
}
