using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Reads flash: streamed with a digest by the stub, 64 bytes a request by the ROM.</summary>
public static class FlashReader
{
    // A piece has a digest of its own: what a damaged byte costs is one piece and not the whole read.
    private const int PieceLength = 1 << 20;

    /// <summary>Reads a range. A connection that is lost in the middle is made anew, and the read goes on where it was.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Flash address.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static byte[] Read(
        Esp32Device device, uint address, int length, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(device, address, length, link, cancellationToken);
        return Read(device, address, length, link, progress, cancellationToken);
    }

    /// <summary>Reads a range, unchecked: part of an operation that has checked.</summary>
    internal static byte[] Read(
        Esp32Device device, uint address, int length, SteadyLink link, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var data = new byte[length];
        void Report(long done) =>
            progress?.Invoke(new OperationProgress("Reading flash", done, length, (uint)(address + done)));

        for (int done = 0; done < length; done += PieceLength)
        {
            int end = Math.Min(done + PieceLength, length);
            int reached = done;
            int certain = done;
            link.Run(() =>
            {
                // Behind what arrived before the connection broke, when the chip says that it arrived whole.
                certain = reached > certain && Holds(device, address, data, certain, reached - certain, cancellationToken) ? reached : certain;
                Action<long> reach = at => Report(reached = (int)at);
                ReadOnce(device, address, data, certain, end - certain, reach, cancellationToken);
            });
        }

        Report(length);
        return data;
    }

    private static void ReadOnce(
        Esp32Device device, uint address, byte[] data, int start, int count, Action<long> report, CancellationToken cancellationToken)
    {
        if (device.IsStub)
        {
            FlashStream.Read(device, (uint)(address + start), data, start, count, report, cancellationToken);
        }
        else
        {
            ReadSlowly(device.Loader, address, data, start, count, report, cancellationToken);
        }
    }

    private static bool Holds(Esp32Device device, uint address, byte[] data, int start, int count, CancellationToken cancellationToken)
    {
        uint from = (uint)(address + start);
        using var md5 = MD5.Create();
        return FlashDigest.CanRead(device, from)
            && FlashDigest.Read(device, from, count, cancellationToken).SequenceEqual(md5.ComputeHash(data, start, count));
    }

    private static void ReadSlowly(
        LoaderClient loader, uint address, byte[] data, int start, int count, Action<long> report, CancellationToken cancellationToken)
    {
        for (int done = 0; done < count; done += ReadFlashSlowRequest.MaxLength)
        {
            int length = Math.Min(ReadFlashSlowRequest.MaxLength, count - done);
            byte[] bytes = loader.Execute(
                new ReadFlashSlowRequest { Address = (uint)(address + start + done), Length = length }, cancellationToken);
            bytes.CopyTo(data, start + done);
            report(start + done + length);
        }
    }
}
