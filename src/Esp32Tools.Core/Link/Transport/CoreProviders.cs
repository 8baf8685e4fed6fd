using Esp32Tools.Link.Transport.Linux;
using Esp32Tools.Link.Transport.Network;
using Esp32Tools.Link.Transport.Rfc2217;

namespace Esp32Tools.Link.Transport;

/// <summary>The kinds of port that Core opens itself.</summary>
internal static class CoreProviders
{
    internal static ITransportProvider[] All { get; } =
        [new LinuxSerialProvider(), new UsbSocketProvider(), new SocketProvider(), new Rfc2217Provider()];
}
