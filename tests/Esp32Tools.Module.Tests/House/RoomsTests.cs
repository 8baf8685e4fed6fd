using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace Esp32Tools.Module.Tests.House;

/// <summary>The compiled assemblies against the order of the rooms: no arrow runs to the right.</summary>
public sealed class RoomsTests
{
    private const string PowerShell = "System.Management.Automation";

    private static readonly Lazy<IReadOnlyList<IType>> s_types = new(LoadTypes);
    private static readonly Lazy<IReadOnlyList<(Room From, Room To, string Arrow)>> s_arrows = new(FindArrows);

    public static TheoryData<string> Names => [.. Rooms.All.Select(room => room.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Room_uses_only_rooms_that_it_may(string name)
    {
        string[] wrong = [.. s_arrows.Value.Where(arrow => arrow.From.Name == name && !arrow.From.MayUse(arrow.To)).Select(arrow => arrow.Arrow).Distinct()];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Room_has_something_in_it(string name) =>
        Assert.Contains(s_types.Value, type => Rooms.Of(type.Namespace.FullName)?.Name == name);

    [Fact]
    public void Every_namespace_is_a_room() =>
        Assert.All(s_types.Value.Select(type => type.Namespace.FullName).Distinct(), name => Assert.NotNull(Rooms.Of(name)));

    [Fact]
    public void No_room_comes_before_one_that_it_uses() =>
        Assert.Empty(Rooms.All.SelectMany((room, i) => Rooms.All.Skip(i + 1).Where(room.MayUse).Select(later => $"{room.Name} stands before {later.Name}")));

    [Fact]
    public void Only_the_cmdlets_use_PowerShell()
    {
        IEnumerable<IType> users = s_types.Value
            .Where(type => type.Dependencies.Any(dependency => dependency.Target.FullName.StartsWith(PowerShell, StringComparison.Ordinal)));
        Assert.All(users, type => Assert.StartsWith("Esp32Tools.PowerShell.", type.FullName));
    }

    private static IReadOnlyList<IType> LoadTypes()
    {
        Architecture architecture = new ArchLoader().LoadFilteredDirectory(Path.Combine(StagedModule.Folder, "bin"), "Esp32Tools*.dll").Build();
        return [.. architecture.Types.Where(type => type.Namespace?.FullName.StartsWith("Esp32Tools", StringComparison.Ordinal) == true)];
    }

    private static IReadOnlyList<(Room From, Room To, string Arrow)> FindArrows() =>
    [
        .. from type in s_types.Value
           let room = Rooms.Of(type.Namespace.FullName)
           where room is not null
           from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
           where target.Namespace is not null
           let used = Rooms.Of(target.Namespace.FullName)
           where used is not null && used != room
           select (room, used, $"{type.FullName} uses {target.FullName}"),
    ];
}
