using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

public sealed class PartitionEncryptionTests
{
    [Theory]
    [InlineData("app", "factory", false, true)]
    [InlineData("app", "ota_1", false, true)]
    [InlineData("bootloader", "primary", false, true)]
    [InlineData("partition_table", "primary", false, true)]
    [InlineData("data", "ota", false, true)]
    [InlineData("data", "nvs_keys", false, true)]
    [InlineData("data", "nvs", false, false)]
    [InlineData("data", "nvs", true, false)]
    [InlineData("data", "spiffs", false, false)]
    [InlineData("data", "spiffs", true, true)]
    [InlineData("data", "phy", false, false)]
    public void Flash_encryption_covers_what_boots_holds_keys_or_is_flagged_and_never_nvs(string type, string subType, bool flagged, bool expected)
    {
        byte typeNumber = PartitionNames.Default.TypeNumber(type)!.Value;
        var partition = new Partition
        {
            Name = "part",
            TypeNumber = typeNumber,
            SubTypeNumber = PartitionNames.Default.SubTypeNumber(typeNumber, subType)!.Value,
            Offset = 0x1_0000,
            Size = 0x1000,
            Encrypted = flagged,
        };

        Assert.Equal(expected, partition.UsesFlashEncryption);
        Assert.Equal(subType == "nvs_keys", partition.HoldsKeys);
    }
}
