using System;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Flasher;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Flasher;

public sealed class FlasherArgumentsTests
{
    private const string Json = """
        {
            "write_flash_args" : [ "--flash_mode", "dio",
                                   "--flash_size", "2MB",
                                   "--flash_freq", "80m" ],
            "flash_settings" : { "flash_mode": "qio", "flash_size": "4MB", "flash_freq": "40m" },
            "flash_files" : {
                "0x1000" : "bootloader/bootloader.bin",
                "0x10000" : "app.bin",
                "0x8000" : "partition_table/partition-table.bin"
            },
            "bootloader" : { "offset" : "0x1000", "file" : "bootloader/bootloader.bin", "encrypted" : "true" },
            "app" : { "offset" : "0x10000", "file" : "app.bin", "encrypted" : "false" },
            "other" : { "offset" : "0x90000", "file" : "not-flashed.bin", "encrypted" : "true" },
            "extra_esptool_args" : { "after" : "hard_reset", "before" : "default_reset", "stub" : false, "chip" : "esp32c3" }
        }
        """;

    private const string Text = """
        --flash-mode dio --flash-freq keep --flash-size detect
        0x10000 'my app.bin'
        0x1000 bootloader/bootloader.bin
        4096000 "data"/x.bin --no-compress
        """;

    [Fact]
    public void Json_of_a_build_is_understood()
    {
        var read = FlasherArguments.Parse(Json, Path.Combine(Path.GetTempPath(), "build", "flasher_args.json"));
        Assert.Equal([0x1000u, 0x8000, 0x1_0000], read.Files.Select(file => file.Address));
        Assert.Equal([true, false, false], read.Files.Select(file => file.IsEncrypted));
        Assert.Equal("app.bin", read.Files[2].Path);
        Assert.Equal(Path.Combine(Path.GetTempPath(), "build", "bootloader", "bootloader.bin"), read.Files[0].FullPath);
        Assert.Equal(("qio", "40m", "4MB"), (read.FlashMode, read.FlashFrequency, read.FlashSize));
        Assert.Equal(("default_reset", "hard_reset", false), (read.Before, read.After, read.UseStub));
        Assert.Equal("ESP32-C3", read.Chip?.Name);
        Assert.Empty(read.Ignored);
    }

    [Fact]
    public void Arguments_count_where_the_settings_are_missing()
    {
        var read = FlasherArguments.Parse("""{ "write_flash_args": ["--flash_mode", "dout", "--encrypt", "--force"], "flash_files": { "0x0": "a" } }""");
        Assert.Equal("dout", read.FlashMode);
        Assert.True(read.Files.Single().IsEncrypted);
        Assert.Equal(["--force"], read.Ignored);
        Assert.Null(read.UseStub);
        Assert.Null(read.Chip);
        Assert.Equal("a", read.Files.Single().FullPath);
    }

    [Fact]
    public void Text_of_a_build_is_understood()
    {
        var read = FlasherArguments.Parse(Text);
        Assert.Equal(["bootloader/bootloader.bin at 0x1000", "my app.bin at 0x10000", "data/x.bin at 0x3E8000"], read.Files.Select(file => file.ToString()));
        Assert.Equal(("dio", null, "detect"), (read.FlashMode, read.FlashFrequency, read.FlashSize));
        Assert.False(read.Compress);
        Assert.Null(read.UseStub);
    }

    [Fact]
    public void Options_of_a_whole_command_line_are_understood()
    {
        var read = FlasherArguments.Parse(
            "--chip esp32 -p COM3 -b 460800 --before=default_reset --after hard_reset --no-stub write_flash -z -e -fm qio --encrypt-files 0x0 a 0x10 b --verify 0x20 c".Replace('=', ' '));
        Assert.Equal(("esp32", "default_reset", "hard_reset"), (read.ChipName, read.Before, read.After));
        Assert.Equal((false, true, true), (read.UseStub, read.Compress, read.EraseAll));
        Assert.Equal([true, true, false], read.Files.Select(file => file.IsEncrypted));
        Assert.Equal(["-p COM3", "-b 460800", "--verify"], read.Ignored);
    }

    [Theory]
    [InlineData("0x0 a\n--wrong 1", 2, "'--wrong'")]
    [InlineData("0x0 a\n\n0x10", 3, "without a file")]
    [InlineData("0x0 a\n--flash_mode", 2, "without its value")]
    [InlineData("app.bin 0x0", 1, "'app.bin'")]
    [InlineData("0x0 a\n0x0 b", 2, "line 1 has 'a'")]
    [InlineData("0x100000000 a", 1, "flash address")]
    [InlineData("0x0 a\n0x10 'b", 2, "quotation")]
    [InlineData("--flash_mode dio", 1, "without a file")]
    [InlineData("", 1, "without a file")]
    [InlineData("{\n\"flash_files\": { \"0x0\": 5 } }", 2, "no text")]
    [InlineData("{\n\"flash_files\": [] }", 2, "no table")]
    [InlineData("{\n\n}", 1, "'flash_files'")]
    [InlineData("{\n\"flash_files\": { \"zero\": \"a\" } }", 2, "'zero'")]
    [InlineData("{ \"flash_files\": { \"0x0\": \"a\" },\n\"write_flash_args\": [ \"0x0\" ] }", 2, "'0x0'")]
    [InlineData("{ \"flash_files\": { \"0x0\": \"a\" },\n\"write_flash_args\": [ \"--flash_mode\" ] }", 2, "without its value")]
    [InlineData("{ \"flash_files\": { \"0x0\": \"a\" },\n\"extra_esptool_args\": { \"stub\": \"maybe\" } }", 2, "neither true nor false")]
    [InlineData("{\n\"flash_files\" { } }", 2, "colon")]
    [InlineData("{ \"flash_files\": { \"0x0\": \"a\" }\n", 2, "comma")]
    public void Line_that_cannot_be_read_is_named(string text, int line, string what)
    {
        InputException error = Assert.Throws<InputException>(() => FlasherArguments.Parse(text, "build/args"));
        Assert.Equal(ErrorCode.FlasherArgumentsInvalid, error.Code);
        Assert.StartsWith($"Line {line} of 'build/args'", error.Message);
        Assert.Contains(what, error.Message);
        Assert.Equal("build/args", error.Target);
    }

    [Fact]
    public void File_is_read_with_or_without_the_sign_of_a_command_line()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "flash_args");
            File.WriteAllText(path, "0x0 sub/a.bin", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            foreach (string spelling in new[] { path, "@" + path })
            {
                Assert.Equal(Path.Combine(folder, "sub", "a.bin"), FlasherArguments.ReadFile(spelling).Files.Single().FullPath);
            }

            Assert.Equal(ErrorCode.FileNotFound, Code(() => FlasherArguments.ReadFile(path + "x")));
            Assert.Equal(ErrorCode.FileAccess, Code(() => FlasherArguments.ReadFile(folder)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("build/flasher_args.json", true)]
    [InlineData("flash_args", true)]
    [InlineData("build/flash_project_args", true)]
    [InlineData("@whatever", true)]
    [InlineData("build/app-flash_args", true)]
    [InlineData("bootloader-flash_args", true)]
    [InlineData("partition-table-flash_args", true)]
    [InlineData("encrypted_flash_args", true)]
    [InlineData("app-encrypted_flash_args", true)]
    [InlineData("my.flash_args.bin", false)]
    [InlineData("reflash_args", false)]
    [InlineData("app.bin", false)]
    [InlineData("flash_image.bin", false)]
    public void Name_tells_the_list_of_a_build(string path, bool isName) => Assert.Equal(isName, FlasherArguments.IsNameOf(path));

    [Theory]
    [InlineData(@"0x1000 bootloader\bootloader.bin")]
    [InlineData(@"{ ""flash_files"": { ""0x1000"": ""bootloader\\bootloader.bin"" } }")]
    public void Backslashes_part_folders_on_every_system(string text)
    {
        string folder = Path.Combine(Path.GetTempPath(), "build");
        FlasherFile file = Assert.Single(FlasherArguments.Parse(text, Path.Combine(folder, "flash_args")).Files);
        Assert.Equal(Path.Combine(folder, "bootloader", "bootloader.bin"), file.FullPath);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Text)]
    public void Damage_of_any_kind_is_refused_or_does_not_matter(string sound) =>
        RandomDamage.Each(Encoding.UTF8.GetBytes(sound), 600, damaged => FlasherArguments.Parse(Encoding.UTF8.GetString(damaged)));

    private static ErrorCode Code(Action work) => Assert.Throws<InputException>(work).Code;
}
