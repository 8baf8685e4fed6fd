using System;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images;

public sealed class FirmwareImageTests
{
    public static TheoryData<string> Names => Choose(_ => true);

    public static TheoryData<string> NotShort => Choose(item => item.Bytes.Length >= ImageExtent.FirstBytes);

    public static TheoryData<string> WithHeader => Choose(item => FirmwareImage.LooksLikeImage(item.Bytes));

    public static TheoryData<string> Described => Choose(item => item.Info is { } fields && fields.TryGetProperty("Checksum", out _) && TryParse(item.Bytes, out _));

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_is_read_as_the_reference_tool_reads_it(string name)
    {
        ImageCase item = ImageVectors.Cases[name];
        JsonElement facts = item.Facts;
        // The tool lets an image of no segments and one without its announced digest pass; no chip does.
        bool digestCutOff = facts.GetProperty("loads").GetBoolean() && facts.GetProperty("append_digest").GetBoolean()
            && item.Bytes.Length < facts.GetProperty("data_length").GetInt32() + 32;
        if (!facts.GetProperty("loads").GetBoolean() || facts.GetProperty("segment_count").GetInt32() == 0 || digestCutOff)
        {
            InputException error = Assert.Throws<InputException>(() => FirmwareImage.Parse(item.Bytes));
            Assert.True(!digestCutOff || error.Code == ErrorCode.ImageTruncated);
            return;
        }

        var image = FirmwareImage.Parse(item.Bytes);
        AssertHeader(facts, image);
        AssertSegments(facts, image, typesKnown: image.Chip?.Key == item.Chip);
        Assert.Equal(facts.GetProperty("checksum").GetProperty("stored").GetByte(), image.StoredChecksum);
        Assert.Equal(facts.GetProperty("checksum").GetProperty("calculated").GetByte(), image.ComputedChecksum);
        Assert.Equal(facts.GetProperty("checksum").GetProperty("valid").GetBoolean(), image.IsChecksumValid);
        if (facts.GetProperty("append_digest").GetBoolean())
        {
            Assert.Equal(facts.GetProperty("digest").GetProperty("stored").GetString(), image.StoredHash);
            Assert.Equal(facts.GetProperty("digest").GetProperty("calculated").GetString(), image.ComputedHash);
            Assert.Equal(facts.GetProperty("data_length").GetInt32() + 32, image.Length);
        }
        else
        {
            Assert.Null(image.StoredHash);
            Assert.Null(image.IsHashValid);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_told_by_the_image_itself_where_there_is_one(string name)
    {
        ImageCase item = ImageVectors.Cases[name];
        if (item.Bytes.Length < ImageHeader.Size || item.Bytes[0] != ImageHeader.Magic)
        {
            Assert.Throws<InputException>(() => FirmwareImage.Inspect(item.Bytes));
            return;
        }

        var image = FirmwareImage.Inspect(item.Bytes);
        JsonElement facts = item.Facts;
        bool loads = facts.GetProperty("loads").GetBoolean();
        bool isSound = loads
            && facts.GetProperty("checksum").GetProperty("valid").GetBoolean()
            && (!facts.GetProperty("append_digest").GetBoolean() || facts.GetProperty("digest").GetProperty("valid").GetBoolean());
        Assert.Equal(isSound, image.IsIntact);
        Assert.Equal(isSound, image.DamageCode is null);
        if (!isSound)
        {
            InputException error = Assert.Throws<InputException>(image.EnsureIntact);
            Assert.Equal(image.DamageCode, error.Code);
            Assert.Contains(image.Damage!, error.Message);
        }

        if (loads)
        {
            AssertHeader(facts, image);
        }
    }

    [Theory]
    [InlineData(95, ErrorCode.ImageTruncated, 1, true, false)]
    [InlineData(63, ErrorCode.ImageTruncated, 1, false, false)]
    [InlineData(47, ErrorCode.ImageTruncated, 0, false, false)]
    [InlineData(24, ErrorCode.ImageTruncated, 0, false, false)]
    public void What_is_there_of_an_image_that_is_cut_off_is_read(int length, ErrorCode code, int segments, bool hasChecksum, bool isHashValid)
    {
        var image = FirmwareImage.Inspect(ImageVectors.MinimalWithHash()[..length]);
        Assert.Equal(code, image.DamageCode);
        Assert.Equal(segments, image.Segments.Count);
        Assert.Equal(hasChecksum, image.IsChecksumValid);
        Assert.Equal(hasChecksum, image.StoredChecksum is not null);
        Assert.Equal(isHashValid, image.IsHashValid);
        Assert.Null(image.StoredHash);
        Assert.True(image.Length <= length);
    }

    [Fact]
    public void Damage_of_any_kind_is_told_or_refused()
    {
        byte[] sound = ImageVectors.MinimalWithHash();
        RandomDamage.Each(sound, 1000, damaged => FirmwareImage.Parse(damaged));
        RandomDamage.Each(sound, 1000, damaged => _ = new { FirmwareImage.Inspect(damaged).Damage, FirmwareImage.Inspect(damaged).DamageCode });
    }

    [Theory]
    [MemberData(nameof(NotShort))]
    public void No_more_than_the_image_is_needed_to_know_all_of_it(string name)
    {
        byte[] bytes = ImageVectors.Cases[name].Bytes;
        // As flash: FF behind the image.
        byte[] flash = [.. bytes, .. Enumerable.Repeat((byte)0xFF, 0x2000)];
        int known = ImageExtent.FirstBytes;
        for (long needed = ImageExtent.BytesNeeded(flash[..known]); needed > known; needed = ImageExtent.BytesNeeded(flash[..known]))
        {
            known = (int)System.Math.Min(needed, flash.Length);
            if (known == flash.Length)
            {
                break;
            }
        }

        if (TryParse(bytes, out FirmwareImage image))
        {
            Assert.InRange(known, image.Length, image.Length + 0x1002);
            var read = FirmwareImage.Inspect(flash[..known]);
            Assert.Equal(image.Damage, read.Damage);
            Assert.Equal(image.Segments.Count, read.Segments.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Descriptor_is_read_as_the_reference_tool_reads_it(string name)
    {
        ImageCase item = ImageVectors.Cases[name];
        JsonElement fields = item.Info!.Value;
        var image = FirmwareImage.Parse(item.Bytes);
        Assert.True(image.Chip is null || image.FlashFrequency == fields.GetProperty("Flash freq").GetString());
        AssertText(fields, "Project name", image.App?.ProjectName);
        AssertText(fields, "App version", image.App?.Version);
        AssertText(fields, "ELF file SHA256", image.App?.ElfSha256);
        AssertText(fields, "Minimal eFuse block revision", image.App is { } app ? $"{app.MinEfuseBlockRevision / 100}.{app.MinEfuseBlockRevision % 100}" : null);
        AssertText(fields, "Maximal eFuse block revision", image.App is { } same ? $"{same.MaxEfuseBlockRevision / 100}.{same.MaxEfuseBlockRevision % 100}" : null);
        if (image.Chip?.Key == item.Chip && !image.Segments[0].Memories.Contains("IRAM"))
        {
            // The tool looks for a bootloader's only in an image of the chip that it was told, and in memory for data alone.
            AssertText(fields, "Compile time", image.App?.CompileTime ?? image.Bootloader?.CompileTime);
            AssertText(fields, "ESP-IDF", image.App?.IdfVersion ?? image.Bootloader?.IdfVersion);
            AssertText(fields, "Bootloader version", image.Bootloader?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(WithHeader))]
    public void Header_is_written_as_it_was_read(string name)
    {
        byte[] bytes = ImageVectors.Cases[name].Bytes;
        byte[] again = new byte[ImageHeader.Size];
        ImageHeader.Read(bytes).WriteTo(again);
        Assert.Equal(bytes.Take(ImageHeader.Size), again);
    }

    [Fact]
    public void Every_shorter_image_is_truncated()
    {
        byte[] whole = ImageVectors.MinimalWithHash();
        for (int length = 1; length < whole.Length; length++)
        {
            InputException error = Assert.Throws<InputException>(() => FirmwareImage.Parse(whole[..length]));
            Assert.Equal(ErrorCode.ImageTruncated, error.Code);
        }

        Assert.Equal(whole.Length, FirmwareImage.Parse(whole).Length);
    }

    [Fact]
    public void Empty_image_is_named_with_its_file()
    {
        InputException error = Assert.Throws<InputException>(() => FirmwareImage.Parse([], "app.bin"));
        Assert.Equal(ErrorCode.ImageEmpty, error.Code);
        Assert.Equal("app.bin", error.Target);
        Assert.Contains("app.bin", error.Message);
        Assert.NotEmpty(error.Advice);
    }

    [Theory]
    [InlineData(0, 0xE8)]
    [InlineData(1, 0)]
    [InlineData(1, 17)]
    [InlineData(28, 0x11)]
    [InlineData(31, 0x80)]
    [InlineData(23, 2)]
    public void Damaged_header_is_no_image(int offset, byte value)
    {
        byte[] image = ImageVectors.Minimal();
        image[offset] = value;
        Assert.Equal(ErrorCode.ImageInvalid, Assert.Throws<InputException>(() => FirmwareImage.Parse(image)).Code);
    }

    [Theory]
    [InlineData(40, "checksum")]
    [InlineData(70, "SHA-256")]
    public void Damaged_data_is_told_and_refused_when_asked(int offset, string what)
    {
        byte[] bytes = ImageVectors.MinimalWithHash();
        bytes[offset] ^= 0x10;
        var image = FirmwareImage.Parse(bytes, "app.bin");
        Assert.Contains(what, image.Damage);
        Assert.Equal(ErrorCode.ImageInvalid, Assert.Throws<InputException>(image.EnsureIntact).Code);
    }

    [Fact]
    public void Sound_image_is_intact_whatever_stands_behind_it()
    {
        var image = FirmwareImage.Parse([.. ImageVectors.MinimalWithHash(), 0xFF, 0x12]);
        image.EnsureIntact();
        Assert.Null(image.Damage);
        Assert.True(image.IsHashValid);
        Assert.Equal(96, image.Length);
    }

    private static TheoryData<string> Choose(Func<ImageCase, bool> choose) => [.. ImageVectors.Cases.Values.Where(choose).Select(item => item.Name)];

    private static void AssertHeader(JsonElement facts, FirmwareImage image)
    {
        ImageHeader header = image.Header;
        Assert.Equal(facts.GetProperty("entry_point").GetUInt32(), header.EntryPoint);
        Assert.Equal(facts.GetProperty("chip_id").GetInt32(), header.ChipId);
        Assert.Equal(facts.GetProperty("min_rev").GetInt32(), header.LegacyMinRevision);
        Assert.Equal(facts.GetProperty("min_rev_full").GetInt32(), header.MinRevision);
        Assert.Equal(facts.GetProperty("max_rev_full").GetInt32(), header.MaxRevision);
        Assert.Equal(facts.GetProperty("wp_pin").GetInt32(), header.WriteProtectPin);
        Assert.Equal(facts.GetProperty("append_digest").GetBoolean(), header.HasHash);
        Assert.Equal(facts.GetProperty("flash_size_freq_byte").GetInt32(), (header.FlashSize << 4) | header.FlashFrequency);
        if (image.Chip is not null)
        {
            Assert.Equal(facts.GetProperty("flash_mode").GetString(), image.FlashMode, ignoreCase: true);
            Assert.Equal(facts.GetProperty("flash_size").GetString(), image.FlashSize);
            // Two frequencies of a chip may have one code; then the tool's library and its output do not name the same.
            byte code = image.Chip.Image.FlashFrequencies[facts.GetProperty("flash_freq").GetString()!];
            Assert.Equal(code, image.Chip.Image.FlashFrequencies[image.FlashFrequency!]);
        }
    }

    private static void AssertSegments(JsonElement facts, FirmwareImage image, bool typesKnown)
    {
        JsonElement[] expected = [.. facts.GetProperty("segments").EnumerateArray()];
        Assert.Equal(expected.Length, image.Segments.Count);
        foreach ((JsonElement segment, ImageSegment found) in expected.Zip(image.Segments))
        {
            Assert.Equal(segment.GetProperty("index").GetInt32(), found.Index);
            Assert.Equal(segment.GetProperty("load_address").GetUInt32(), found.LoadAddress);
            Assert.Equal(segment.GetProperty("length").GetInt32(), found.Length);
            Assert.Equal(segment.GetProperty("file_offset").GetInt32(), found.Offset);
            if (typesKnown)
            {
                Assert.Equal(segment.GetProperty("memory_types").EnumerateArray().Select(type => type.GetString()).Order(), found.Memories.Order());
            }
        }
    }

    private static void AssertText(JsonElement fields, string name, string? found) =>
        Assert.Equal(fields.TryGetProperty(name, out JsonElement value) ? value.GetString() : null, found);

    private static bool TryParse(byte[] bytes, out FirmwareImage image)
    {
        try
        {
            image = FirmwareImage.Parse(bytes);
            return true;
        }
        catch (InputException)
        {
            image = null!;
            return false;
        }
    }
}
