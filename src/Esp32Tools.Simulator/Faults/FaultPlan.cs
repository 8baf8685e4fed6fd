using System.Collections.Generic;

namespace Esp32Tools.Simulator.Faults;

/// <summary>What goes wrong with a virtual board, and when.</summary>
public sealed partial class FaultPlan
{
    /// <summary>A plan of these faults.</summary>
    public FaultPlan(params Fault[] faults) => Faults = faults;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>The faults, each counting for itself.</summary>
    public IReadOnlyList<Fault> Faults { get; }
}
