using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>The files in which the QEMU emulator keeps eFuses; the values are those that ESP-IDF begins with (qemu_ext.py).</summary>
public sealed class EmulatedEfuseFileTests
{
    [Fact]
    public void File_of_an_Esp32_has_124_bytes()
    {
        byte[] file = new byte[124];
        file[13] = 0x80;
        file[22] = 0x10;
        file[28 + 32] = 0xA5;
        EfuseSnapshot snapshot = EfuseDump.Read(ChipCatalog.ByName("esp32"), file);
        Assert.Equal(0x8000u, snapshot.GetWords(0)[3]);
        Assert.Equal(0x10_0000u, snapshot.GetWords(0)[5]);
        Assert.Equal(0xA5u, snapshot.GetWords(2)[0]);
        Assert.NotEmpty(snapshot.Decode());
    }

    [Theory]
    [InlineData("esp32c3")]
    [InlineData("esp32s3")]
    public void File_of_the_others_is_filled_up_to_1024_bytes(string chip)
    {
        byte[] file = new byte[1024];
        file[38] = 0x0C;
        EfuseSnapshot snapshot = EfuseDump.Read(ChipCatalog.ByName(chip), file);
        Assert.Equal(3, snapshot.Revision);
        Assert.All(snapshot.Decode(), field => Assert.NotNull(field.Name));
    }

    [Fact]
    public void Other_lengths_are_refused_as_ever()
    {
        ChipDefinition chip = ChipCatalog.ByName("esp32");
        Assert.All(new[] { 0, 123, 125, 2048 }, length =>
            Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<EfuseException>(() => EfuseDump.Read(chip, [.. Enumerable.Repeat((byte)0, length)])).Code));
    }
}
