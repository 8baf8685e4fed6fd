using System;
using System.Runtime.InteropServices;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>Tells without opening a port whether this user may open it.</summary>
internal static class LinuxPortAccess
{
    /// <summary>True when the system would let this user read and write the port, and when this is unknown.</summary>
    internal static bool IsGranted(string portName) =>
        !RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        || !portName.StartsWith("/", StringComparison.Ordinal)
        || LibC.Access(portName, LibC.AccessRead | LibC.AccessWrite) == 0;
}
