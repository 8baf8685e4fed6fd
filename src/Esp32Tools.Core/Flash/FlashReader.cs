using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Reads flash: the stub streams it with a digest, the ROM reads 64 bytes per request.</summary>
public static class FlashReader
{
    // Each piece has its own digest: a damaged byte costs one piece and not the whole read.
    private const int PieceLength = 1 << 20;

    /// <summary>Reads a range. A connection that is lost during the read is restored, and the read continues.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Flash address.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static byte[] Read(
        Esp32Device device, uint address, int length, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(device, address, length, link, cancellationToken);
        return Read(device, address, length, link, progress, cancellationToken);
    }

    /// <summary>Reads a range, unchecked: part of a checked operation.</summary>
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
                // Continues behind the bytes from before the connection broke, if the chip's digest confirms them.
                certain = reached > certain && FlashDigest.CanRead(device, (uint)(address + certain))
                    && FlashDigest.Matches(device, (uint)(address + certain), data, certain, reached - certain, link: null, cancellationToken) ? reached : certain;
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
            ReadSlowly(device.GetLoader(), address, data, start, count, report, cancellationToken);
        }
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
