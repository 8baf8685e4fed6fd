using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <summary>Cases of chips that the catalogue has not are not run; so it has to have all of them.</summary>
public sealed class ImageVectorChipTests
{
    [Fact]
    public void Every_chip_of_the_shared_cases_is_known()
    {
        IEnumerable<string> files = SharedFiles.Available ? ["elf2image.json", "corrupted.json", "merge-bin.json"] : [];
        IEnumerable<string> chips = files
            .SelectMany(file => JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "images", file))).RootElement.EnumerateArray())
            .Select(item => item.GetProperty("chip").GetString()!)
            .Distinct();
        Assert.All(chips, chip => Assert.NotNull(ChipCatalog.Find(chip)));
    }
}
