using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>What the fields of some chips have that others have not.</summary>
public sealed class EfuseDecoderTests
{
    [Fact]
    public void Address_of_64_bits_has_its_extension_in_the_middle()
    {
        Esp32Efuse address = Decode(Chip(ChipCatalog.ByName("esp32h2"), 1, (1, 0, 0x32E3_FA77), (1, 1, 0xFFFE_02E5)), "MAC_EUI64");
        Assert.Equal("02:e5:32:ff:fe:e3:fa:77", address.Value);
        Assert.Equal("0x02e532fffee3fa77", address.RawValue);
        Assert.Equal(1, address.Block);
        Assert.Null(address.Word);
    }

    [Theory]
    [InlineData("esp32h2", 101, "ECDSA_FORCE_USE_HARDWARE_K", true)]
    [InlineData("esp32h2", 102, "ECDSA_FORCE_USE_HARDWARE_K", false)]
    public void Silicon_revision_decides_which_fields_there_are(string chip, int revision, string field, bool isThere) =>
        Assert.Equal(isThere, EfuseTable.For(ChipCatalog.ByName(chip), revision).Find(field) is not null);

    [Theory]
    [InlineData("esp32c6", 15u, "CUSTOM_15")]
    [InlineData("esp32c6", 4u, "XTS_AES_128_KEY")]
    [InlineData("esp32s2", 15u, "FORBIDDEN_STATE")]
    public void Purposes_that_are_left_to_the_user_have_names(string chip, uint purpose, string name) =>
        Assert.Equal(name, Decode(Chip(ChipCatalog.ByName(chip), 0, (0, 2, purpose << 24)), "KEY_PURPOSE_0").Value);

    [Fact]
    public void Half_hidden_block_shows_its_other_half()
    {
        Esp32Efuse key = Decode(Chip(ChipCatalog.ByName("esp32c2"), 100, (0, 1, 2), (3, 0, 0x4433_2211)), "BLOCK_KEY0");
        Assert.False(key.Readable);
        Assert.Null(key.Value);
        Assert.Equal([.. "11 22 33 44".Split(' '), .. Enumerable.Repeat("00", 12), .. Enumerable.Repeat("??", 16)], key.Text.Split(' '));
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    public void Calibration_is_there_from_a_version_of_the_factory_data_on(uint version, bool isThere)
    {
        EfuseSnapshot chip = Chip(ChipCatalog.ByName("esp32s3"), 2, (2, 4, version | (0x10Fu << 4)));
        Assert.Equal(isThere, chip.Decode().Any(field => field.Name == "TEMP_CALIB"));
        Assert.Equal(-1.5, Decode(chip, "TEMP_CALIB").Value);
    }

    [Theory]
    [InlineData("esp32", "ADC_VREF", "mV")]
    [InlineData("esp32", "ADC1_TP_LOW", "LSB")]
    [InlineData("esp32s3", "TEMP_CALIB", "\u00B0C")]
    [InlineData("esp32c5", "ADC1_HI_DOUT_ATTEN0", "LSB")]
    [InlineData("esp32c3", "WDT_DELAY_SEL", null)]
    public void Calibration_has_its_unit(string chip, string field, string? unit) =>
        Assert.Equal(unit, Decode(Chip(ChipCatalog.ByName(chip), 0), field).Unit);

    [Theory]
    [InlineData("BLOCK1", 100, 0u, "FlashEncryption")]
    [InlineData("BLOCK2", 100, 0u, "SecureBootV1")]
    [InlineData("BLOCK2", 300, 0u, "SecureBootV2")]
    [InlineData("BLOCK2", 300, 0x20000u, "SecureBootV1")]
    [InlineData("BLOCK3", 300, 0u, null)]
    public void Key_block_of_an_esp32_says_what_it_would_be_used_for(string block, int revision, uint readDisable, string? purpose)
    {
        Esp32Efuse decoded = Decode(Chip(Classic, revision, (0, 0, readDisable)), block);
        Assert.Equal(purpose, decoded.Purpose);
        Assert.Null(decoded.IsPurposeWritable);
    }

    [Fact]
    public void Halves_of_a_key_block_are_for_what_each_is_for()
    {
        EfuseSnapshot chip = Chip(ChipCatalog.ByName("esp32c2"), 100);
        string low = Decode(chip, "BLOCK_KEY0_LOW_128").Purpose!;
        string high = Decode(chip, "BLOCK_KEY0_HI_128").Purpose!;
        Assert.Equal("SECURE_BOOT_DIGEST", high);
        Assert.Equal($"{low} + {high}", Decode(chip, "BLOCK_KEY0").Purpose);
    }

    private static Esp32Efuse Decode(EfuseSnapshot chip, string field) => chip.Decode(includeHidden: true).Single(decoded => decoded.Name == field);
}
