using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Module.Tests;

public sealed class BillOfMaterialsTests
{
    private const string Name = "Esp32Tools.cdx.json";

    private static readonly JsonElement s_bill = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(StagedModule.Folder, Name))).RootElement;

    [Fact]
    public void Bill_is_of_this_module_and_holds_no_time_and_no_number_of_its_own()
    {
        Assert.Equal("CycloneDX", s_bill.GetProperty("bomFormat").GetString());
        JsonElement module = s_bill.GetProperty("metadata").GetProperty("component");
        Assert.Equal(("Esp32Tools", StagedModule.Version.ToString()), (module.GetProperty("name").GetString(), module.GetProperty("version").GetString()));
        Assert.False(s_bill.TryGetProperty("serialNumber", out _));
        Assert.False(s_bill.GetProperty("metadata").TryGetProperty("timestamp", out _));
    }

    [Fact]
    public void Bill_has_each_file_that_ships_with_its_digest()
    {
        string[] files = [.. Components("file").Select(file => $"{file.GetProperty("name").GetString()} {Hash(file)}")];
        string[] staged =
        [
            .. Directory.GetFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
                .Select(path => (Path: path, Name: Path.GetRelativePath(StagedModule.Folder, path).Replace('\\', '/')))
                .Where(file => file.Name != Name)
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => $"{file.Name} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path)))}"),
        ];
        Assert.Equal(staged, files);
    }

    [Fact]
    public void Bill_names_the_package_of_the_stubs_as_the_lock_file_pins_it()
    {
        if (!Directory.Exists(Path.Combine(StagedModule.Folder, "bin", "stubs")))
        {
            Assert.Empty(Components("library"));
            return;
        }

        JsonElement pinned = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.InRepository("src", "Stubs", "package-lock.json"))).RootElement
            .GetProperty("packages").GetProperty("node_modules/esptool-js");
        JsonElement stubs = Assert.Single(Components("library"));
        Assert.Equal($"pkg:npm/esptool-js@{pinned.GetProperty("version").GetString()}", stubs.GetProperty("purl").GetString());
        Assert.Equal(pinned.GetProperty("integrity").GetString(), "sha512-" + Convert.ToBase64String(Convert.FromHexString(Hash(stubs))));
        Assert.Equal(stubs.GetProperty("bom-ref").GetString(), s_bill.GetProperty("dependencies")[0].GetProperty("dependsOn")[0].GetString());
    }

    private static JsonElement[] Components(string type) =>
        [.. s_bill.GetProperty("components").EnumerateArray().Where(component => component.GetProperty("type").GetString() == type)];

    private static string Hash(JsonElement component) => component.GetProperty("hashes")[0].GetProperty("content").GetString()!;
}
