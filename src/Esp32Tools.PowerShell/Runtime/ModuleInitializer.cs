using System;
using System.IO;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Esp32Tools.SerialPort;
using Esp32Tools.Simulator;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Registers, on import, the kinds of port that are not Core's own, and does nothing else. When the module is removed, the servers
/// of virtual chips end with it: no cmdlet is left that could stop them.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        VirtualTransportProvider.Register();

        // Core has the transport of Linux, so no other assembly is loaded.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            TryRegisterSerialPort();
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SimulatorServerCatalog.StopAll();

    // Without the host's serial ports the module still reaches virtual chips and the network.
    private static void TryRegisterSerialPort()
    {
        try
        {
            RegisterSerialPort();
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or TypeLoadException)
        {
            // FileNotFoundException and FileLoadException are kinds of IOException.
        }
    }

    // A separate method: the types it names are loaded when it is called, inside the try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RegisterSerialPort() => SerialPortTransportProvider.Register();
}
