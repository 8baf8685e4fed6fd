using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>
/// An RFC 2217 server that confirms what it is told to, and writes down what it was asked. It finds commands by looking
/// for their frame, which is enough for a client that is known to behave.
/// </summary>
internal sealed class ScriptedRfc2217Server : IDisposable
{
    private readonly OneClientServer _server = new();
    private readonly List<byte> _data = [];
    private readonly List<string> _commands = [];

    internal ScriptedRfc2217Server() => new Thread(Serve) { IsBackground = true }.Start();

    internal string Name => $"rfc2217://127.0.0.1:{_server.Port}";

    /// <summary>What to answer to a command (its number and value, in hex); null for no answer.</summary>
    internal Func<string, string?> Answer { get; init; } = command => command;

    internal bool RefusesComPort { get; init; }

    internal string[] Commands => Locked(() => _commands.ToArray());

    internal byte[] Data => Locked(() => _data.ToArray());

    internal void Forget() => Locked(() => { _commands.Clear(); return 0; });

    internal void Send(string hex) => _server.Send(Convert.FromHexString(hex));

    internal void HangUp() => _server.HangUp();

    public void Dispose() => _server.Dispose();

    private T Locked<T>(Func<T> work)
    {
        lock (_data)
        {
            return work();
        }
    }

    private void Serve()
    {
        byte[] one = new byte[1];
        List<byte> pending = [];
        try
        {
            while (_server.Client.Receive(one) > 0)
            {
                pending.Add(one[0]);
                if (IsComplete(pending))
                {
                    Locked(() => { Handle(Convert.ToHexString([.. pending]), pending); return 0; });
                    pending.Clear();
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static bool IsComplete(List<byte> bytes) => bytes switch
    {
        [not 0xFF] or [0xFF, 0xFF] => true,
        [0xFF, 0xFB or 0xFC or 0xFD or 0xFE, _] => true,
        [0xFF, 0xFA, .., 0xFF, 0xF0] => true,
        _ => false,
    };

    private void Handle(string hex, List<byte> bytes)
    {
        if (bytes[0] != 0xFF || bytes[1] == 0xFF)
        {
            _data.Add(bytes[^1]);
        }
        else if (hex.StartsWith("FFFB", StringComparison.Ordinal))
        {
            Send((RefusesComPort && hex[4..] == "2C" ? "FFFE" : "FFFD") + hex[4..]);
        }
        else if (hex.StartsWith("FFFD", StringComparison.Ordinal))
        {
            Send("FFFB" + hex[4..]);
        }
        else if (hex.StartsWith("FFFA2C", StringComparison.Ordinal))
        {
            string command = hex[6..^4];
            _commands.Add(command);
            if (Answer(command) is string answer)
            {
                Send($"FFFA2C{Convert.FromHexString(answer)[0] + 100:X2}{answer[2..]}FFF0");
            }
        }
    }
}
