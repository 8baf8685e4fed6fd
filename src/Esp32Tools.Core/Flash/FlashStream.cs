using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>
/// The stub's stream of flash contents: frames of raw bytes, each acknowledged with the number of bytes received so far, and the
/// MD5 of all of them after the last acknowledgement.
/// </summary>
internal static class FlashStream
{
    private const int DigestLength = 16;

    public static void Read(
        Esp32Device device, uint address, byte[] data, int start, int count, Action<long> report, CancellationToken cancellationToken)
    {
        CommandChannel channel = device.GetLoader().Channel;
        device.GetLoader().Execute(new ReadFlashRequest { Address = address, Length = (uint)count }, cancellationToken);
        int done = 0;
        var acknowledgement = new byte[4];
        while (done < count)
        {
            byte[] packet = Next(device, address, count, cancellationToken);
            int expected = Math.Min(ReadFlashRequest.MaxPacket, count - done);
            if (packet.Length != expected)
            {
                throw FlashErrors.ReadFailed(device.PortName, address, count, $"a packet of {packet.Length} bytes came in place of {expected}");
            }

            packet.CopyTo(data, start + done);
            done += packet.Length;
            LittleEndian.WriteUInt32(acknowledgement, 0, (uint)done);
            channel.SendRaw(acknowledgement, cancellationToken);
            report(start + done);
        }

        byte[] digest = Next(device, address, count, cancellationToken);
        using var md5 = MD5.Create();
        if (digest.Length != DigestLength || !digest.SequenceEqual(md5.ComputeHash(data, start, count)))
        {
            throw FlashErrors.ReadFailed(device.PortName, address, count, "what arrived does not match the chip's digest");
        }
    }

    private static byte[] Next(Esp32Device device, uint address, int count, CancellationToken cancellationToken)
    {
        CommandChannel channel = device.GetLoader().Channel;
        byte[] frame = channel.ReceiveFrame(LoaderTimeouts.Default + channel.TimeOnWire(ReadFlashRequest.MaxPacket), cancellationToken)
            ?? throw FlashErrors.ReadFailed(device.PortName, address, count, "the chip stopped sending");
        channel.Trace?.Raw(device.GetLoader().Clock.Now, sent: false, frame);
        return frame;
    }
}
