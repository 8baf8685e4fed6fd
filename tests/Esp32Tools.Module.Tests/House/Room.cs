using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Module.Tests.House;

/// <summary>A room of the house: a namespace, and the rooms that its code may use.</summary>
/// <param name="Name">The namespace without the project's name in front; the room holds all below it that is no room of its own.</param>
/// <param name="Sees">The rooms that it may use: <c>Devices</c> is that room, <c>Link.*</c> all rooms below it.</param>
internal sealed record Room(string Name, IReadOnlyList<string> Sees)
{
    private const string Project = "Esp32Tools";
    private const string AllBelow = ".*";

    /// <summary>True when this room may use another one.</summary>
    public bool MayUse(Room other) => Sees.Any(seen => seen == other.Name
        || (seen.EndsWith(AllBelow, StringComparison.Ordinal) && other.Name.StartsWith(seen[..^1], StringComparison.Ordinal)));

    /// <summary>True when a namespace belongs to this room or to one below it.</summary>
    public bool Holds(string fullNamespace)
    {
        string own = $"{Project}.{Name}";
        return fullNamespace == own || fullNamespace.StartsWith(own + ".", StringComparison.Ordinal);
    }
}
