using System;
using System.Linq;
using System.Reflection;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Names the refusals that the parameter Force of a cmdlet lifts.</summary>
/// <param name="operation">Name of an entry of <see cref="RefusalCatalog"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LiftsAttribute(string operation) : Attribute
{
    /// <summary>The refusals that a cmdlet lifts; null for one that lifts none.</summary>
    /// <param name="cmdlet">Class of the cmdlet.</param>
    public static LiftableRefusals? Of(Type cmdlet) =>
        cmdlet.GetCustomAttributes<LiftsAttribute>(inherit: true).FirstOrDefault()?.Refusals;

    private LiftableRefusals Refusals => (LiftableRefusals)typeof(RefusalCatalog).GetProperty(operation)!.GetValue(null);
}
