using System.Net.Sockets;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A client that sends and takes plain bytes.</summary>
internal sealed class SocketConnection : IClientConnection
{
    private readonly TcpStream _stream;
    private readonly byte[] _incoming = new byte[16 * 1024];

    internal SocketConnection(Socket socket) => _stream = new TcpStream(socket);

    public ClientActivity Forward(ISerialTransport chip, CancellationToken cancellationToken)
    {
        int got = _stream.Receive(_incoming);
        if (got <= 0)
        {
            return got < 0 ? ClientActivity.Left : ClientActivity.None;
        }

        chip.Write(_incoming, 0, got, cancellationToken);
        return ClientActivity.Sent;
    }

    public void Wait(int milliseconds) => _stream.Wait(milliseconds);

    public void Send(byte[] buffer, int count, CancellationToken cancellationToken) =>
        _stream.Send(buffer, count, cancellationToken);

    public void Dispose() => _stream.Dispose();
}
