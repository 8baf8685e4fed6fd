using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>
/// The rooms of eFuses stand in a row: check codes, what was read, the user's own fields, what is planned, what is burned.
/// Tables are facts of the chips and stand in front of all of them.
/// </summary>
public sealed class EfuseRoomsTests
{
    private static readonly string[] s_rooms = ["Coding", "Fields", "UserTable", "Plan", "Burn"];

    public static TheoryData<string> Rooms => [.. s_rooms];

    [Fact]
    public void Every_room_has_its_place() =>
        Assert.Equal(s_rooms.Order(), SourceTree.FoldersIn("src", "Esp32Tools.Core", "Efuse").Order());

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_sees_the_rooms_to_its_left_alone(string room)
    {
        IEnumerable<string> later = s_rooms.SkipWhile(name => name != room).Skip(1);
        IReadOnlyList<SourceFile> files = SourceTree.CSharp("src", "Esp32Tools.Core", "Efuse", room);
        Assert.NotEmpty(files);
        Assert.Empty(
            from file in files
            from name in later
            where Regex.IsMatch(file.Code, $@"(?<![\w])(Esp32Tools\.Efuse|Efuse)\.{name}\b")
            select $"{file.Name} names Efuse.{name}");
    }

    [Fact]
    public void Chips_and_the_simulator_see_no_eFuse_room() =>
        Assert.DoesNotContain(
            SourceTree.CSharp("src", "Esp32Tools.Core", "Chips").Concat(SourceTree.CSharp("src", "Esp32Tools.Simulator")),
            file => file.Code.Contains("using Esp32Tools.Efuse", StringComparison.Ordinal));

    [Fact]
    public void Flash_does_not_see_what_stands_on_it() =>
        Assert.DoesNotContain(SourceTree.CSharp("src", "Esp32Tools.Core", "Flash"), file => file.Code.Contains("using Esp32Tools.Storage", StringComparison.Ordinal));
}
