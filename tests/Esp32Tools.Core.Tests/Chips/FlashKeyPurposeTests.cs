using System.Linq;
using Esp32Tools.Chips;
using Xunit;

namespace Esp32Tools.Core.Tests.Chips;

public sealed class FlashKeyPurposeTests
{
    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void A_flash_key_of_64_bytes_is_one_in_two_halves(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        Assert.NotEmpty(chip.FlashKeys);
        Assert.Equal(chip.Security.FlashKeyLengths.Contains(64), chip.FlashKeyHalves.Count == 2);
        Assert.All(chip.FlashKeys.Concat(chip.FlashKeyHalves), purpose => Assert.True(purpose is { IsFlashKey: true, ReadProtect: true, Reversed: true, IsDigest: false }));
        Assert.Empty(chip.FlashKeys.Intersect(chip.FlashKeyHalves));
    }

    [Fact]
    public void Keys_of_the_psram_are_none_of_the_flash() =>
        Assert.DoesNotContain(ChipCatalog.All.SelectMany(chip => chip.KeyPurposes), purpose => purpose.IsFlashKey && purpose.Name.Contains("PSRAM"));
}
