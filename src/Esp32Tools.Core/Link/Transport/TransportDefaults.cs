using System;

namespace Esp32Tools.Link.Transport;

/// <summary>The initial settings of every kind of port.</summary>
internal static class TransportDefaults
{
    /// <summary>The initial baud rate of the ROM loader.</summary>
    internal const int BaudRate = 115200;

    /// <summary>Time limit of a write while the port takes no byte at all.</summary>
    internal static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);
}
