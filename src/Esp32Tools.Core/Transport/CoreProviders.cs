using Esp32Tools.Transport.Linux;
using Esp32Tools.Transport.Network;
using Esp32Tools.Transport.Rfc2217;

namespace Esp32Tools.Transport;

/// <summary>The kinds of port that Core itself opens.</summary>
internal static class CoreProviders
{
    internal static ITransportProvider[] All { get; } =
        [new LinuxSerialProvider(), new UsbSocketProvider(), new SocketProvider(), new Rfc2217Provider()];
}
