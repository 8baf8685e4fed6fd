using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>The vectors of the repository are all there, as they were packed.</summary>
public sealed class VectorsTests
{
    private const long LargestTotal = 2_000_000;

    public static TheoryData<string> Folders => [.. Manifest.Select(line => line.Split(' ')[0])];

    private static string[] Manifest => File.ReadAllLines(SharedFiles.InRepository("tests", "Vectors", "manifest.txt"));

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_vector_is_gone_or_changed(string folder)
    {
        string root = Path.Combine(SharedFiles.OwnVectors, folder);
        Assert.True(Directory.Exists(root), $"There is no {root}: a build unpacks it.");
        string[] files = [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).OrderBy(path => NameOf(root, path), StringComparer.Ordinal)];
        using var sha = SHA256.Create();
        string lines = string.Concat(files.Select(path => $"{NameOf(root, path)} {Hex(sha.ComputeHash(SharedFiles.ReadPlain(path)))}\n"));
        Assert.Equal(Manifest.Single(line => line.StartsWith(folder + " ", StringComparison.Ordinal)), $"{folder} {files.Length} {Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(lines)))}");
    }

    [Fact]
    public void Every_folder_has_its_archive_and_its_page()
    {
        string root = SharedFiles.InRepository("tests", "Vectors");
        string[] folders = [.. Manifest.Select(line => line.Split(' ')[0])];
        Assert.Equal(folders, Names("*.tar.br"));
        Assert.Equal(folders, Names("*.md").Where(name => name != "README"));
        string[] rows = [.. File.ReadAllLines(Path.Combine(root, "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal))];
        Assert.Equal(folders, rows.Select(row => row.Split('[', ']')[1]));

        IEnumerable<string> Names(string pattern) =>
            Directory.GetFiles(root, pattern).Select(path => Path.GetFileName(path).Split('.')[0]).OrderBy(name => name, StringComparer.Ordinal);
    }

    [Fact]
    public void Archives_are_small() =>
        Assert.InRange(Directory.GetFiles(SharedFiles.InRepository("tests", "Vectors")).Sum(path => new FileInfo(path).Length), 1, LargestTotal);

    [Fact]
    public void Same_folder_packed_again_is_the_same_archive()
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory();
        try
        {
            string[] archives = [.. Enumerable.Range(0, 2).Select(run => Pack(work, run))];
            Assert.Equal(File.ReadAllBytes(archives[0]), File.ReadAllBytes(archives[1]));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    // The same files, made in another order and at another time.
    private static string Pack(DirectoryInfo work, int run)
    {
        string folder = work.CreateSubdirectory($"{run}").FullName;
        string[] names = run == 0 ? ["b.bin", "a.json", "Z.bin"] : ["Z.bin", "a.json", "b.bin"];
        Directory.CreateDirectory(Path.Combine(folder, "from", "kind"));
        foreach (string name in names)
        {
            string path = Path.Combine(folder, "from", "kind", name);
            File.WriteAllText(path, string.Concat(Enumerable.Repeat(name, 1000)));
            File.SetLastWriteTimeUtc(path, new DateTime(2020 + run, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        }

        string tool = Directory.GetFiles(SharedFiles.InRepository("tests", "Esp32Tools.Vectors", "bin"), "Esp32Tools.Vectors.dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc).First();
        string target = Directory.CreateDirectory(Path.Combine(folder, "to")).FullName;
        using Process process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", $"\"{tool}\" pack \"{target}\" \"{Path.Combine(folder, "from")}\"")
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return Path.Combine(target, "kind.tar.br");
    }

    private static string NameOf(string root, string path) => path[(root.Length + 1)..].Replace('\\', '/');

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(octet => octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
