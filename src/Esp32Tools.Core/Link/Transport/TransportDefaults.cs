using System;

namespace Esp32Tools.Link.Transport;

/// <summary>What every kind of port starts with.</summary>
internal static class TransportDefaults
{
    /// <summary>The rate at which the ROM loader is met.</summary>
    internal const int BaudRate = 115200;

    /// <summary>How long a port may take no byte at all before a write fails.</summary>
    internal static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);
}
