using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Files;

public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_is_read_whole()
    {
        byte[] data = new byte[(1 << 20) + 3];
        new Random(1).NextBytes(data);
        File.WriteAllBytes(_folder["a"], data);
        File.WriteAllBytes(_folder["empty"], []);
        Assert.Equal(data, InputFile.Read(_folder["a"]));
        Assert.Empty(InputFile.Read(_folder["empty"]));
    }

    [Fact]
    public void Missing_file_and_folder_are_told()
    {
        Assert.Equal(ErrorCode.FileNotFound, Assert.Throws<InputException>(() => InputFile.Read(_folder["none"])).Code);
        Assert.Equal(ErrorCode.FileAccess, Assert.Throws<InputException>(() => InputFile.Read(_folder.Path)).Code);
    }

    [LinuxFact]
    public void Device_and_pipe_are_refused_at_once()
    {
        using var make = Process.Start("mkfifo", _folder["pipe"]);
        make.WaitForExit();
        foreach (string path in new[] { "/dev/zero", "/dev/null", _folder["pipe"] })
        {
            Assert.Equal(ErrorCode.FileAccess, Assert.Throws<InputException>(() => InputFile.Read(path)).Code);
            Assert.Equal(ErrorCode.FileAccess, Assert.Throws<InputException>(() => InputFile.OpenText(path)).Code);
        }
    }

    [Fact]
    public void Length_is_checked_before_anything_is_read()
    {
        using (FileStream sparse = File.Create(_folder["large"]))
        {
            sparse.SetLength((long)InputFile.MaxLength + 1);
        }

        InputException error = Assert.Throws<InputException>(() => InputFile.Read(_folder["large"]));
        Assert.Equal(ErrorCode.FileAccess, error.Code);
        Assert.Contains("1073741825 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        File.WriteAllBytes(_folder["a"], [1]);
        Assert.Throws<OperationCanceledException>(() => InputFile.Read(_folder["a"], new CancellationToken(canceled: true)));
    }
}
