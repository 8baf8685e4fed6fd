using System;
using System.Diagnostics;
using System.IO;
using Esp32Tools.Module.Tests.Engine;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Module.Tests;

/// <summary>How the build gets the flasher stubs, with an npm of the test.</summary>
public sealed class StubPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxFact]
    public void Package_that_is_not_the_one_of_the_lock_file_stops_the_build()
    {
        foreach (string said in (string[])["npm error code EINTEGRITY", "npm error code EUSAGE"])
        {
            ProcessOutput output = Fetch($"echo '{said}' >&2; exit 1", isRequired: false);
            Assert.NotEqual(0, output.ExitCode);
            Assert.Contains("error ESP32TOOLS004", output.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("is npm on PATH", output.Text, StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public void Network_that_is_not_there_is_a_warning_and_an_error_for_a_package()
    {
        foreach (bool isRequired in (bool[])[false, true])
        {
            ProcessOutput output = Fetch("echo 'npm error code ENOTFOUND' >&2; exit 1", isRequired);
            Assert.Equal(isRequired ? 1 : 0, output.ExitCode);
            Assert.Contains(isRequired ? "error ESP32TOOLS005" : "warning ESP32TOOLS001", output.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_packed_requires_the_stubs() =>
        Assert.Contains("Publish-Module '-p:RequireStubs=true'", File.ReadAllText(SharedFiles.InRepository("build.ps1")), StringComparison.Ordinal);

    private ProcessOutput Fetch(string npm, bool isRequired)
    {
        string tools = Directory.CreateDirectory(Path.Combine(_folder, "tools")).FullName;
        string script = Path.Combine(tools, "npm");
        File.WriteAllText(script, $"#!/bin/sh\n{npm}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string project = Path.Combine(_folder, "stubs.proj");
        File.WriteAllText(
            project,
            $"""
            <Project>
              <PropertyGroup><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath></PropertyGroup>
              <Import Project="{SharedFiles.InRepository("src", "Stubs", "Stubs.targets")}" />
            </Project>
            """);
        ProcessStartInfo start = new("dotnet", ["msbuild", project, "-t:FetchStubsFromNpm", $"-p:RequireStubs={isRequired}", "-nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return ProcessOutput.Of(start, TimeSpan.FromMinutes(3));
    }
}
