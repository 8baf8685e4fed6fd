using System;
using System.IO;
using System.Linq;
using System.Threading;
using Esp32Tools.Core.Tests.Files;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

public sealed class FactoryRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Program_writes_files_keys_and_manifest_and_a_second_run_finds_them_unchanged()
    {
        FactoryRunOptions options = new() { Folder = _folder["out"], KeyPerUnit = FactoryKeyScheme.Hmac };
        FactoryDataItem[] first = Write(options);
        Assert.Equal(["unit-1", "unit-2"], first.Select(item => item.Unit));
        Assert.All(first, item => Assert.Equal(nameof(FactoryFileState.Written), item.State));
        Assert.All(first, item => Assert.Equal(32, File.ReadAllBytes(item.KeyPath!).Length));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_folder["out"], "unit-manifest.csv")).Length);

        FactoryDataItem[] second = Write(options);
        Assert.All(second, item => Assert.Equal(nameof(FactoryFileState.Unchanged), item.State));
        Assert.Equal(first.Select(item => item.Sha256), second.Select(item => item.Sha256));
    }

    [Fact]
    public void Unit_that_must_not_be_written_is_not_and_has_no_folder()
    {
        var run = new FactoryRun(Batch(), new FactoryRunOptions { Folder = _folder["out"] });
        run.Check(null, CancellationToken.None);
        Assert.Empty(run.WriteFiles((_, _) => false, CancellationToken.None));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Key_in_memory_shows_itself_as_three_stars()
    {
        var run = new FactoryRun(Batch(), new FactoryRunOptions { KeyPerUnit = FactoryKeyScheme.Hmac });
        Assert.Equal(2, run.Check(null, CancellationToken.None));
        FactoryDataImage image = run.MakeImages(CancellationToken.None).First().Image;
        Assert.Equal("***", image.GetHmacKey()!.ToString());
        Assert.Equal(32, image.GetHmacKey()!.ToBytes().Length);
    }

    [Fact]
    public void Key_for_all_and_for_each_is_a_conflict()
    {
        using var key = NvsKey.Generate();
        Esp32Exception error = Assert.Throws<Esp32Exception>(
            () => new FactoryRun(Batch(), new FactoryRunOptions { Key = key, KeyPerUnit = FactoryKeyScheme.Xts }));
        Assert.Equal(ErrorCode.SettingsConflict, error.Code);
    }

    private static FactoryDataItem[] Write(FactoryRunOptions options)
    {
        var run = new FactoryRun(Batch(), options);
        run.Check(null, CancellationToken.None);
        return [.. run.WriteFiles(null, CancellationToken.None).Select(made => made.Item)];
    }

    private static FactoryBatch Batch()
    {
        using StringReader schema = new("device,namespace,\nserial,data,u32\n");
        return new FactoryBatch(
            FactorySchema.ReadCsv(schema, "schema.csv"),
            new FactoryCsvTable(() => new StringReader("id,serial\n1,100\n2,200\n"), "table.csv", ','),
            new FactoryOptions { Size = 0x4000, FileIdColumn = "id" });
    }
}
