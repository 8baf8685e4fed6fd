using System;
using System.Runtime.InteropServices;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>Whether this user may open a port, told without opening it.</summary>
internal static class LinuxPortAccess
{
    /// <summary>True when the system would let this user read and write the port; also where it cannot be told.</summary>
    internal static bool IsGranted(string portName) =>
        !RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        || !portName.StartsWith("/", StringComparison.Ordinal)
        || LibC.Access(portName, LibC.AccessRead | LibC.AccessWrite) == 0;
}
