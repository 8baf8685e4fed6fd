using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>All targets: one for each parser.</summary>
internal static class TargetList
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. ImageTargets.All,
        .. PartitionTargets.All,
        .. NvsTargets.All,
        .. KeyTargets.All,
        .. EfuseTargets.All,
        .. ListTargets.All,
        .. FactoryTargets.All,
        .. WireTargets.All,
    ];

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static FuzzTarget Get(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}'. There are {string.Join(", ", All.Select(target => target.Name))}.");
}
