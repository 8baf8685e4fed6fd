using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images;

public sealed class ImageCheckTests
{
    [Fact]
    public void Image_for_another_chip_is_refused_with_both_names()
    {
        var image = FirmwareImage.Parse(ImageVectors.MinimalWithHash(chipId: 5), "app.bin");
        InputException error = Assert.Throws<InputException>(() => ImageCheck.EnsureChip(image, ChipCatalog.ByName("esp32")));
        Assert.Equal(ErrorCode.ImageForOtherChip, error.Code);
        Assert.Contains("ESP32-C3", error.Message);
        Assert.Contains("app.bin", error.Message);
        ImageCheck.EnsureChip(image, ChipCatalog.ByName("esp32c3"));
    }

    [Fact]
    public void Image_for_a_chip_that_is_not_known_is_refused_with_its_id()
    {
        var image = FirmwareImage.Parse(ImageVectors.MinimalWithHash(chipId: 119));
        Assert.Contains("119", Assert.Throws<InputException>(() => ImageCheck.EnsureChip(image, ChipCatalog.ByName("esp32"))).Message);
    }

    [Theory]
    // minimum, maximum, legacy minimum; chip, revision; runs
    [InlineData(0, 65535, 0, "esp32", 0, true)]
    [InlineData(300, 399, 0, "esp32", 299, false)]
    [InlineData(300, 399, 0, "esp32", 300, true)]
    [InlineData(300, 399, 0, "esp32", 399, true)]
    [InlineData(300, 399, 0, "esp32", 400, false)]
    [InlineData(300, 65535, 9, "esp32", 301, true)]
    [InlineData(0, 65535, 3, "esp32", 299, false)]
    [InlineData(0, 65535, 3, "esp32", 300, true)]
    [InlineData(0, 0, 3, "esp32", 299, false)]
    [InlineData(0, 0, 3, "esp32", 301, true)]
    [InlineData(500, 0, 0, "esp32", 0, true)]
    [InlineData(0, 65535, 3, "esp32c3", 2, false)]
    [InlineData(0, 65535, 3, "esp32c3", 3, true)]
    [InlineData(0, 65535, 3, "esp32c3", 104, true)]
    [InlineData(3, 199, 0, "esp32c3", 4, true)]
    public void Revision_is_checked_as_the_bootloader_checks_it(ushort min, ushort max, byte legacy, string chip, int revision, bool runs)
    {
        var header = new ImageHeader { MinRevision = min, MaxRevision = max, LegacyMinRevision = legacy };
        Assert.Equal(runs, ImageCheck.RunsOn(header, ChipCatalog.ByName(chip), revision));
    }

    [Theory]
    [InlineData(300, 65535, 0, "revision 3.0 or later")]
    [InlineData(300, 399, 0, "revision 3.0 to 3.99")]
    [InlineData(0, 0, 3, "major revision 3 or later")]
    public void Refusal_names_the_range_and_the_chips_revision(ushort min, ushort max, byte legacy, string range)
    {
        byte[] bytes = ImageVectors.Minimal();
        (ImageHeader.Read(bytes) with { MinRevision = min, MaxRevision = max, LegacyMinRevision = legacy }).WriteTo(bytes);
        InputException error = Assert.Throws<InputException>(
            () => ImageCheck.EnsureRevision(FirmwareImage.Parse(bytes), ChipCatalog.ByName("esp32"), 101));
        Assert.Equal(ErrorCode.ImageRevision, error.Code);
        Assert.Contains(range, error.Message);
        Assert.Contains("1.1", error.Message);
    }
}
