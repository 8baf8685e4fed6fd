using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

public sealed class StyleTests
{
    private const int LongestFile = 350;

    // The polyfills declare what the compiler looks for in the framework's own namespaces.
    private const string Polyfills = "src/Esp32Tools.Core/Compat/LanguagePolyfills.cs";

    private const string TestPolyfill = "tests/Mono/Polyfills/RuntimeHelpers.cs";

    // A list of all errors, a few lines each, which would be harder to read in two places.
    private const string ErrorList = "src/Esp32Tools.Core/Errors/ErrorCode.cs";

    // Put together, so that this file does not find itself.
    private static readonly string[] s_unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "NotImplemented" + "Exception"];

    private static readonly Regex s_machinePath = new(@"(?<![\w.\-*}])/(?:home|root|opt|work|Users)/\w");

    private static IReadOnlyList<SourceFile> Source => SourceTree.CSharp("src");

    private static IReadOnlyList<SourceFile> Everything =>
        [.. Source, .. SourceTree.CSharp("tests"), .. SourceTree.CSharp("examples")];

    [Fact]
    public void No_file_is_longer_than_350_lines() =>
        Assert.Empty(Everything.Where(file => file.Lines > LongestFile && file.Name != ErrorList).Select(file => $"{file.Name} has {file.Lines} lines"));

    [Fact]
    public void Public_type_stands_alone_in_a_file_of_its_name() =>
        Assert.Empty(Source
            .Where(file => file.PublicTypes.Count > 1 || (file.PublicTypes.Count == 1 && file.PublicTypes[0] != file.Stem))
            .Select(file => $"{file.Name} declares {string.Join(", ", file.PublicTypes)}"));

    [Fact]
    public void File_without_a_public_type_is_named_after_one_of_its_own() =>
        Assert.Empty(Source
            .Where(file => file.Name != Polyfills && file.PublicTypes.Count == 0 && file.Types.Count > 0 && !file.Types.Contains(file.Stem))
            .Select(file => $"{file.Name} declares {string.Join(", ", file.Types)}"));

    [Fact]
    public void Namespace_is_the_folder() =>
        Assert.Empty(Everything
            .Where(file => file.Name is not (Polyfills or TestPolyfill) && file.Types.Count > 0 && file.Namespace != ExpectedNamespace(file))
            .Select(file => $"{file.Name} is in {file.Namespace}, not {ExpectedNamespace(file)}"));

    [Fact]
    public void Nothing_is_left_unfinished_and_no_path_of_one_machine_is_named()
    {
        string[] ofText = [".cs", ".csproj", ".props", ".targets", ".ps1", ".psd1", ".ps1xml", ".psm1", ".md", ".json", ".csv", ".txt", ".xml"];
        string[] found =
        [
            .. from name in SourceTree.All()
               where ofText.Contains(Path.GetExtension(name)) || name.StartsWith(".ci/", StringComparison.Ordinal) || name == "NOTICE"
               let text = File.ReadAllText(SharedFiles.InRepository(name))
               from word in s_unfinished.Where(text.Contains).Concat(s_machinePath.Matches(text).Select(match => match.Value))
               select $"{name}: {word}",
        ];
        Assert.Empty(found);
    }

    [Fact]
    public void Top_level_holds_what_was_agreed_and_nothing_else()
    {
        string[] agreed =
        [
            "src", "tests", "module", "examples", "build.ps1", "Esp32Tools.sln", "README.md", "LICENSE", "CHANGELOG.md", "NOTICE",
            // The SDK looks for it in the folder that it is started in, and above: the two commands are given here.
            "global.json",
            "out", "TestResults",
        ];
        IEnumerable<string> found = Directory.GetFileSystemEntries(SharedFiles.RepositoryRoot).Select(path => Path.GetFileName(path));
        Assert.Empty(found.Where(name => !name.StartsWith('.')).Except(agreed));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(SharedFiles.InRepository("Esp32Tools.sln")).Replace('\\', '/');
        IEnumerable<string> projects = SourceTree.All().Where(name => name.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.All(projects, name => Assert.Contains($"\"{name}\"", solution));
    }

    [Fact]
    public void Lock_file_of_the_stubs_has_digests_and_no_addresses()
    {
        string text = File.ReadAllText(SharedFiles.InRepository("src", "Stubs", "package-lock.json"));
        Assert.Contains("\"integrity\": \"sha512-", text);
        Assert.DoesNotContain("\"resolved\"", text);
    }

    [Fact]
    public void Every_project_has_a_lock_file_of_its_packages_with_digests_and_no_addresses()
    {
        string[] locks = [.. SourceTree.All().Where(name => Path.GetFileName(name) == "packages.lock.json")];
        IEnumerable<string> projects = SourceTree.All().Where(name => name.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.Empty(projects.Select(Path.GetDirectoryName).Except(locks.Select(Path.GetDirectoryName)));
        Assert.All(locks, name => Assert.DoesNotContain("://", File.ReadAllText(SharedFiles.InRepository(name)), StringComparison.Ordinal));
    }

    // tests/Esp32Tools.Core.Tests/House/X.cs -> Esp32Tools.Core.Tests.House; Core's own root is Esp32Tools; what tests share
    // is linked into each of them.
    private static string ExpectedNamespace(SourceFile file)
    {
        string[] parts = file.Name.Split('/')[1..^1];
        parts[0] = parts[0] switch
        {
            "Esp32Tools.Core" => "Esp32Tools",
            "Shared" => "Esp32Tools.Tests.Shared",
            "Quickstart" => "Esp32Tools.Examples.Quickstart",
            _ => parts[0],
        };
        return string.Join(".", parts);
    }
}
