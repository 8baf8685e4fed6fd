using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A unit read into files, and brought back.</summary>
public sealed class PartitionRestoreTests
{
    [Theory]
    [InlineData("esp32", false)]
    [InlineData("esp32", true)]
    [InlineData("esp32c3", false)]
    [InlineData("esp32c3", true)]
    public void Erased_unit_is_as_it_was(string chip, bool encrypts)
    {
        using var board = new PartitionBench(chip, LoaderKind.Stub, encrypts);
        (PartitionManifest manifest, Dictionary<string, byte[]> files) = Backup(board);
        byte[] before = board.Bench.Flash();
        uint first = manifest.Bootloader.Offset;
        Assert.Equal(manifest.ToBytes(), Backup(board).Manifest.ToBytes());
        using (Esp32Device device = board.Connect())
        {
            FlashEraser.EraseAll(device, force: true, null, default);
        }

        IReadOnlyList<FlashWriteResult> results = Restore(board, manifest, files);

        Assert.All(results, result => Assert.True(result.Verified));
        int end = (int)PartitionBench.Table.Partitions.Max(partition => partition.End);
        Assert.Equal(before[(int)first..end], board.Bench.Flash()[(int)first..end]);
        Assert.All(Restore(board, manifest, files), result => Assert.True(result.Skipped));
    }

    [Fact]
    public void Only_what_is_wanted_is_written()
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        (PartitionManifest manifest, Dictionary<string, byte[]> files) = Backup(board);
        byte[] nvs = board.Read("nvs");
        board.Load("nvs", new byte[0x4000]);
        board.Load("storage", new byte[0x100]);
        byte[] outside = board.Outside("nvs");

        Assert.Equal("nvs.bin", Assert.Single(Restore(board, manifest, files, isWanted: name => name == "nvs")).Name);

        Assert.Equal(nvs, board.Read("nvs"));
        Assert.Equal(outside, board.Outside("nvs"));
        Assert.Equal(ErrorCode.PartitionNotFound, Code(() => Restore(board, manifest, files, isWanted: _ => false)));
    }

    [Fact]
    public void What_does_not_belong_together_is_refused_and_lifted_by_its_own_id()
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        (PartitionManifest manifest, Dictionary<string, byte[]> files) = Backup(board);
        byte[] before = board.Bench.Flash();

        Refuses(ErrorCode.ManifestForOtherUnit, manifest with { Mac = "24:0a:c4:00:00:01" });
        Refuses(ErrorCode.ImageForOtherChip, manifest with { Chip = "esp32" });
        Assert.Equal(ErrorCode.ManifestInvalid, Code(() => Restore(board, manifest, Changed("storage.bin"))));
        Assert.Equal(ErrorCode.ManifestInvalid, Code(() => Restore(board, manifest, Changed(PartitionBackup.TableFile))));
        Assert.Equal(before, board.Bench.Flash());

        PartitionTable other = new(PartitionBench.Table.Partitions.Take(5));
        board.Bench.Board.LoadFlash(0x8000, other.ToBytes());
        before = board.Bench.Flash();
        Assert.Equal(ErrorCode.PartitionTableDiffers, Code(() => Restore(board, manifest, files)));
        Assert.Equal(before, board.Bench.Flash());
        Assert.All(Restore(board, manifest, files, new() { Allow = [ErrorCode.PartitionTableDiffers] }), result => Assert.True(result.Verified));
        Assert.Equal(PartitionBench.Table.ToBytes(), board.Bench.Board.ReadFlash(0x8000, PartitionTable.BinarySize));

        void Refuses(ErrorCode code, PartitionManifest wrong)
        {
            ErrorCode[] others = [.. PartitionWriteOptions.Liftable.Where(liftable => liftable != code)];
            Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => Restore(board, wrong, files, new() { Allow = others }));
            Assert.Equal((code, true), (error.Code, error.IsLiftable));
            Assert.All(Restore(board, wrong, files, new() { Allow = [code] }), result => Assert.True(result.Skipped));
        }

        Dictionary<string, byte[]> Changed(string file)
        {
            byte[] bytes = (byte[])files[file].Clone();
            bytes[^1] ^= 1;
            return new(files) { [file] = bytes };
        }
    }

    [Fact]
    public void Encrypted_copy_fits_a_device_that_decrypts_and_no_other()
    {
        using var board = new PartitionBench("esp32", LoaderKind.Stub, encrypts: true);
        PartitionData raw = new("app0", "raw", board.Bench.Board.ReadFlash(PartitionBench.Table.Find("app0").Offset, 0x1000)) { Contents = PartitionContents.Encrypted };
        Assert.True(Assert.Single(board.Import(raw)).Verified);
        Assert.Equal(board.App[..0x1000], board.Read("app0")[..0x1000]);
    }

    [Fact]
    public void Encrypted_backup_asks_for_the_key_that_it_needs()
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        (PartitionManifest manifest, Dictionary<string, byte[]> files) = Backup(board);
        manifest = manifest with { Table = manifest.Table with { Contents = PartitionContents.Encrypted } };
        Assert.Equal(ErrorCode.FlashEncrypted, Code(() => Restore(board, manifest, files)));
    }

    [Theory]
    [InlineData("{", "Line 1")]
    [InlineData("[]", "Line 1")]
    [InlineData("{\"format\": \"something\", \"version\": 1}", "format")]
    [InlineData("{\"format\": 1}", "format")]
    public void Manifest_that_is_none_is_refused(string json, string what)
    {
        InputException error = Assert.Throws<InputException>(() => PartitionManifest.Parse(Encoding.UTF8.GetBytes(json), "manifest.json"));
        Assert.Equal((ErrorCode.ManifestInvalid, "manifest.json"), (error.Code, error.Target));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"file\": \"nvs.bin\"", "\"file\": \"../nvs.bin\"")]
    [InlineData("\"file\": \"nvs.bin\"", "\"file\": \"C:nvs.bin\"")]
    [InlineData("\"file\": \"nvs.bin\"", "\"file\": \"..\"")]
    [InlineData("\"size\": 16384", "\"size\": -1")]
    [InlineData("\"contents\": \"Plain\"", "\"contents\": \"7\"")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    public void Manifest_is_trusted_in_nothing(string good, string bad)
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
        PartitionManifest manifest = Backup(board).Manifest with { Mac = "\"\\\u2028" };
        string json = Encoding.UTF8.GetString(manifest.ToBytes());
        var again = PartitionManifest.Parse(manifest.ToBytes(), "manifest.json");
        Assert.Equal(manifest.Partitions, again.Partitions);
        Assert.Equal((manifest.Mac, manifest.Table, manifest.Bootloader), (again.Mac, again.Table, again.Bootloader));
        Assert.Contains(good, json, StringComparison.Ordinal);
        InputException error = Assert.Throws<InputException>(() => PartitionManifest.Parse(Encoding.UTF8.GetBytes(json.Replace(good, bad)), "manifest.json"));
        Assert.Equal(ErrorCode.ManifestInvalid, error.Code);
    }

    private static (PartitionManifest Manifest, Dictionary<string, byte[]> Files) Backup(PartitionBench board)
    {
        using Esp32Device device = board.Connect();
        using PartitionCipher? cipher = board.CipherOf(device);
        Dictionary<string, byte[]> files = [];
        List<PartitionManifestEntry> entries = [];
        foreach (Partition partition in PartitionBench.Table.Partitions)
        {
            byte[] data = PartitionReader.Read(device, partition, null, default);
            bool isDecrypted = cipher?.Covers(partition) == true;
            data = isDecrypted ? cipher!.Decrypt(partition, data, out _) : data;
            entries.Add(new()
            {
                Name = partition.Name,
                Type = partition.Type,
                SubType = partition.SubType,
                Offset = partition.Offset,
                Size = partition.Size,
                File = PartitionDump.FileNameOf(partition.Name),
                Sha256 = PartitionRestore.Sha256Of(data),
                Contents = isDecrypted ? PartitionContents.Decrypted : PartitionContents.Plain,
            });
            files[PartitionDump.FileNameOf(partition.Name)] = data;
        }

        IReadOnlyList<(PartitionManifestEntry Entry, byte[] Data)> surroundings =
            PartitionBackup.ReadSurroundings(device, PartitionBench.TableOffset, cipher, default);
        foreach ((PartitionManifestEntry entry, byte[] data) in surroundings)
        {
            files[entry.File] = data;
        }

        return (PartitionBackup.Manifest(device, surroundings, entries, default), files);
    }

    private static IReadOnlyList<FlashWriteResult> Restore(
        PartitionBench board,
        PartitionManifest manifest,
        Dictionary<string, byte[]> files,
        PartitionWriteOptions? options = null,
        Func<string, bool>? isWanted = null)
    {
        using Esp32Device device = board.Connect();
        using PartitionCipher? cipher = board.CipherOf(device);
        PartitionWritePlan plan = PartitionRestore.Plan(device, manifest, entry => files[entry.File], isWanted, cipher, options ?? new(), default);
        return [.. PartitionWriter.Write(device, plan, null, default)];
    }

    private static ErrorCode Code(Action action) => Assert.ThrowsAny<Esp32Exception>(action).Code;
}
