using System.Management.Automation;
using Esp32Tools.Simulator;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>What happens on import: the kinds of port that are not Core's own are made known. Nothing else.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => VirtualTransportProvider.Register();
}
