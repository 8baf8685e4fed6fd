using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Versioning;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileCare.None)]
    [InlineData(FileCare.Durable)]
    [InlineData(FileCare.OwnerOnly)]
    [InlineData(FileCare.Secret)]
    public void File_is_written_and_replaced_and_nothing_is_left_beside_it(FileCare care)
    {
        OutputFile.Write(_folder["a.bin"], [1, 2, 3], force: false, care);
        OutputFile.Write(_folder["a.bin"], [4], force: true, care);
        Assert.Equal([4], File.ReadAllBytes(_folder["a.bin"]));
        Assert.Equal(["a.bin"], _folder.Names);
    }

    [Fact]
    public void File_that_exists_stays_without_force()
    {
        OutputFile.Write(_folder["a.bin"], [1], force: false);
        InputException error = Assert.Throws<InputException>(() => OutputFile.Write(_folder["a.bin"], [2], force: false));
        Assert.Equal(ErrorCode.FileExists, error.Code);
        Assert.Equal([1], File.ReadAllBytes(_folder["a.bin"]));
    }

    [Fact]
    public void Missing_folder_is_named_as_the_cause_before_and_when_it_is_written()
    {
        string path = Path.Combine(_folder["none"], "a.bin");
        foreach (Action act in new Action[] { () => OutputFile.RequireFree(path, force: false), () => OutputFile.Write(path, [1], force: true, FileCare.Secret) })
        {
            InputException error = Assert.Throws<InputException>(act);
            Assert.Equal(ErrorCode.FolderNotFound, error.Code);
            Assert.Contains($"there is no folder '{_folder["none"]}'", error.Message, StringComparison.Ordinal);
            AssertNamesNoPart(error);
        }

        OutputFile.RequireFree(path, force: false, makesFolder: true);
    }

    [Fact]
    public void Folder_of_the_name_is_told()
    {
        Directory.CreateDirectory(_folder["sub"]);
        InputException error = Assert.Throws<InputException>(() => OutputFile.RequireFree(_folder["sub"], force: true));
        Assert.Equal(ErrorCode.FileAccess, error.Code);
        Assert.Contains("it is a folder", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Name_that_the_system_refuses_is_told_without_a_name_of_ours()
    {
        // 255 bytes are the most that a name may have; the one beside it has more.
        string name = new('n', 250);
        InputException error = Assert.Throws<InputException>(() => OutputFile.Write(_folder[name], [1], force: false));
        Assert.Equal(ErrorCode.FileAccess, error.Code);
        AssertNamesNoPart(error);
    }

    [LinuxFact]
    public void Device_is_not_replaced()
    {
        InputException error = Assert.Throws<InputException>(() => OutputFile.Write("/dev/null", [1], force: true));
        Assert.Contains("device", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x8007_0070))]
    [InlineData(unchecked((int)0x8007_0027))]
    public void Full_disk_is_called_one(int number)
    {
        InputException error = WriteFailure.Of("a.bin", new IOException("No space left on device : 'a.bin.12.ab12.part'", number));
        Assert.Equal("'a.bin' cannot be written: The disk is full.", error.Message);
        AssertNamesNoPart(error);
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void File_keeps_the_rights_of_the_one_it_replaces()
    {
        OutputFile.Write(_folder["a.bin"], [1], force: false);
        foreach (UnixFileMode mode in new[] { (UnixFileMode)0x180, (UnixFileMode)0x1B0, (UnixFileMode)0x1B4 })
        {
            File.SetUnixFileMode(_folder["a.bin"], mode);
            OutputFile.Write(_folder["a.bin"], [2], force: true);
            Assert.Equal(mode, File.GetUnixFileMode(_folder["a.bin"]));
        }
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void Secret_is_its_owners_alone_whatever_it_replaces()
    {
        OutputFile.Write(_folder["k"], [1], force: false, FileCare.Secret);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(_folder["k"]));
        File.SetUnixFileMode(_folder["k"], (UnixFileMode)0x1A4);
        OutputFile.Write(_folder["k"], [2], force: true, FileCare.Secret);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(_folder["k"]));
        File.SetUnixFileMode(_folder["k"], (UnixFileMode)0x100);
        OutputFile.Write(_folder["k"], [3], force: true, FileCare.Secret);
        Assert.Equal((UnixFileMode)0x100, File.GetUnixFileMode(_folder["k"]));
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_and_nothing_else_is()
    {
        int ended = EndedProcess();
        File.WriteAllBytes(_folder[$"key.{ended}.AbC123.part"], [1]);
        File.WriteAllBytes(_folder[$"other.{ended}.0123456789abcdef.part"], [1]);
        File.WriteAllBytes(_folder[$"mine.{Environment.ProcessId}.AbC123.part"], [1]);
        File.WriteAllBytes(_folder["download.part"], [1]);
        OutputFile.Write(_folder["a.bin"], [1], force: false);
        Assert.Equal(["a.bin", "download.part", $"mine.{Environment.ProcessId}.AbC123.part"], _folder.Names);
    }

    private static int EndedProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.Id;
    }

    private static void AssertNamesNoPart(Exception error) => Assert.DoesNotContain(".part", error.ToString(), StringComparison.Ordinal);
}
