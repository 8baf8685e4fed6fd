using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Storage.Partitions;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Partitions written and erased by their names.</summary>
public sealed class PartitionWriteTests
{
    private static readonly PartitionData s_files = new("storage", "files", HostFirmware.Noise(0x1_2345, 2));

    /// <summary>One chip of each generation of loader, both loaders.</summary>
    public static TheoryData<string, LoaderKind> Boards => new()
    {
        { "esp32", LoaderKind.Rom }, { "esp32", LoaderKind.Stub }, { "esp32c3", LoaderKind.Rom }, { "esp32c3", LoaderKind.Stub },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void Sectors_of_the_partition_change_and_no_others(string chip, LoaderKind loader)
    {
        using var board = new PartitionBench(chip, loader);
        byte[] before = board.Outside("storage");

        FlashWriteResult result = Assert.Single(board.Import(s_files));

        Assert.True(result.Verified);
        Assert.Equal(before, board.Outside("storage"));
        Assert.Equal([.. s_files.Data, .. Enumerable.Repeat((byte)0xFF, 0x2_0000 - s_files.Data.Length)], board.Read("storage"));
        Assert.True(Assert.Single(board.Import(s_files)).Skipped);
        Assert.Equal(nameof(FlashWriteMethod.ChangedByDigest), Assert.Single(board.Import(Changed(s_files), new() { Differential = true })).Method);
    }

    [Theory]
    [InlineData(ErrorCode.PartitionNotFound)]
    [InlineData(ErrorCode.PartitionTooSmall)]
    [InlineData(ErrorCode.ImageEmpty)]
    [InlineData(ErrorCode.PartitionReadOnly)]
    [InlineData(ErrorCode.PartitionContent)]
    [InlineData(ErrorCode.ImageForOtherChip)]
    [InlineData(ErrorCode.ImageInvalid)]
    [InlineData(ErrorCode.ImageTruncated)]
    [InlineData(ErrorCode.FlashEncrypted)]
    public void What_is_wrong_is_said_before_anything_changes_and_lifted_by_its_own_id(ErrorCode code)
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        PartitionData data = code switch
        {
            ErrorCode.PartitionNotFound => s_files with { Name = "nothing" },
            ErrorCode.PartitionTooSmall => s_files with { Name = "nvs" },
            ErrorCode.ImageEmpty => s_files with { Data = [] },
            ErrorCode.PartitionReadOnly => s_files with { Name = "fixed", Data = [1] },
            ErrorCode.PartitionContent => s_files with { Name = "app0" },
            ErrorCode.ImageForOtherChip => new("app0", "other", HostFirmware.For(ChipCatalog.ByName("esp32"))[2].Data),
            ErrorCode.ImageInvalid => Changed(new("app0", "damaged", board.App)),
            ErrorCode.ImageTruncated => new("app0", "cut off", board.App[..^0x8000]),
            _ => s_files with { Contents = PartitionContents.Encrypted },
        };
        byte[] before = board.Bench.Flash();
        ErrorCode[] others = [.. RefusalCatalog.PartitionWrite.Codes.Where(other => other != code)];

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => board.Import(data, new() { Allow = others }));

        Assert.Equal((code, RefusalCatalog.PartitionWrite.Codes.Contains(code)), (error.Code, error.IsLiftable));
        Assert.NotEmpty(error.Advice);
        Assert.Equal(before, board.Bench.Flash());
        if (error.IsLiftable)
        {
            Assert.True(Assert.Single(board.Import(data, new() { Allow = [code] })).Verified);
        }
    }

    [Fact]
    public void Partition_that_claims_more_than_there_is_is_not_believed()
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        Partition claim = PartitionBench.Table.Find("storage") with { Size = 0xF000_0000 };
        board.Bench.Board.LoadFlash(PartitionBench.TableOffset, new PartitionTable([claim]).ToBytes());
        Assert.Equal(ErrorCode.BeyondFlash, Assert.ThrowsAny<Esp32Exception>(() => board.Import(s_files)).Code);
    }

    [Fact]
    public void Nvs_takes_pages_of_nvs_and_nothing_else()
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        byte[] page = [.. Enumerable.Repeat((byte)0xFF, 0x1000)];

        // The header of an active page, sequence 0, version 2, and its CRC (ESP-IDF, NVS documentation).
        byte[] header = [0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFE, .. Enumerable.Repeat((byte)0xFF, 19), 0x84, 0x2D, 0xBA, 0xB9];
        header.CopyTo(page, 0);
        PartitionData good = new("nvs", "settings", [.. page, .. Enumerable.Repeat((byte)0xFF, 0x2000)]);

        Assert.True(Assert.Single(board.Import(good)).Verified);
        Assert.Equal(page, board.Read("nvs")[..0x1000]);
        Assert.Equal(ErrorCode.PartitionContent, Assert.ThrowsAny<Esp32Exception>(() => board.Import(Changed(good))).Code);
        Assert.Equal(ErrorCode.PartitionContent, Assert.ThrowsAny<Esp32Exception>(() => board.Import(good with { Data = good.Data[..^1] })).Code);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Power_cut_leaves_other_partitions_alone_and_the_rerun_repairs_it(string chip, LoaderKind loader)
    {
        // A supply that dips at every write, and a cable that is pulled and stays away.
        foreach (string cut in new[] { "brownout@write:1*", "unplug@tochip:20000", "unplug@tochip:45000", "unplug@tochip:70000" })
        {
            using var board = new PartitionBench(chip, loader);
            byte[] before = board.Outside("storage");
            board.Bench.Board.Arm(FaultPlan.Parse(cut));

            Assert.ThrowsAny<Esp32Exception>(() => board.Import(s_files));

            Assert.Equal(before, board.Outside("storage"));
            board.Bench.Board.Arm(FaultPlan.None);
            FlashWriteResult again = Assert.Single(board.Import(s_files));
            Assert.True(again.Verified);
            Assert.Equal(s_files.Data, board.Read("storage")[..s_files.Data.Length]);
            Assert.Equal(before, board.Outside("storage"));
        }
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Device_that_encrypts_gets_what_it_decrypts_where_it_does(string chip)
    {
        using var board = new PartitionBench(chip, LoaderKind.Stub, encrypts: true);
        PartitionData keys = new("keys", "keys", HostFirmware.Noise(0x1000, 5));
        PartitionData app = new("app0", "app", board.App);

        Assert.True(Assert.Single(board.Import(s_files)).Verified);
        Assert.True(Assert.Single(board.Import(keys)).Verified);
        Assert.True(Assert.Single(board.Import(app)).Verified);

        Assert.Equal(s_files.Data, board.Read("storage")[..s_files.Data.Length]);
        Assert.Equal(keys.Data, board.Read("keys"));
        Assert.Equal(app.Data, board.Read("app0")[..app.Data.Length]);
        Assert.Equal(0xFF, board.Bench.Flash()[(int)PartitionBench.Table.Find("app0").End - 1]);
        Assert.Equal(ErrorCode.ImageInvalid, Assert.ThrowsAny<Esp32Exception>(() => board.Import(Changed(app))).Code);
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Without_the_key_the_chip_encrypts_and_the_table_has_to_be_given(string chip)
    {
        using var board = new PartitionBench(chip, LoaderKind.Stub, encrypts: true);
        byte[] before = board.Outside("app1");
        PartitionData app = new("app1", "app", board.App);

        FlashWriteResult result = Assert.Single(board.Import(app, withKey: false));

        Assert.Equal((true, false), (result.Encrypted, result.Verified));
        Assert.Equal(app.Data, board.Read("app1")[..app.Data.Length]);
        Assert.Equal(0xFF, board.Bench.Flash()[(int)PartitionBench.Table.Find("app1").End - 1]);
        Assert.Equal(before, board.Outside("app1"));
        using Esp32Device device = board.Connect();
        Assert.Equal(ErrorCode.FlashEncrypted, Assert.ThrowsAny<Esp32Exception>(() => PartitionTableReader.Read(device, 0x8000, default)).Code);
    }

    [Fact]
    public void Partition_is_erased_by_its_name_and_what_guards_it_is_heeded()
    {
        using var board = new PartitionBench("esp32", LoaderKind.Stub);
        byte[] before = board.Outside("storage");
        Partition storage = PartitionBench.Table.Find("storage");

        Assert.Null(Code(board, "storage"));
        using (Esp32Device device = board.Connect())
        {
            PartitionWriter.Erase(device, storage, null, default);
        }

        Assert.Equal(before, board.Outside("storage"));
        Assert.All(board.Read("storage"), octet => Assert.Equal(0xFF, octet));
        Assert.Equal(ErrorCode.PartitionReadOnly, Code(board, "fixed"));
        using var encrypted = new PartitionBench("esp32", LoaderKind.Stub, encrypts: true);
        Assert.Equal(ErrorCode.FlashEncrypted, Code(encrypted, "app0"));
        Assert.Null(Code(encrypted, "nvs"));
    }

    private static ErrorCode? Code(PartitionBench board, string name)
    {
        using Esp32Device device = board.Connect();
        Exception? error = Record.Exception(() => PartitionWriter.EnsureErasable(device, PartitionBench.Table.Find(name), new(), CancellationToken.None));
        return (error as Esp32Exception)?.Code;
    }

    private static PartitionData Changed(PartitionData data)
    {
        byte[] bytes = (byte[])data.Data.Clone();
        bytes[9] ^= 1;
        bytes[bytes.Length / 2] ^= 1;
        return data with { Data = bytes };
    }
}
