using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Loader;
using Esp32Tools.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Reads flash: streamed with a digest by the stub, 64 bytes a request by the ROM.</summary>
public static class FlashReader
{
    // A piece has a digest of its own: what a damaged byte costs is one piece and not the whole read.
    private const int PieceLength = 1 << 20;
    private const int PieceAttempts = 3;

    /// <summary>Reads a range.</summary>
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
        device.OpenFlash(cancellationToken);
        FlashRange.Require(address, length, device.PrepareFlash(null, cancellationToken), device.PortName);
        var data = new byte[length];
        void Report(long done) =>
            progress?.Invoke(new OperationProgress("Reading flash", done, length, (uint)(address + done)));

        for (int done = 0; done < length; done += PieceLength)
        {
            int count = Math.Min(PieceLength, length - done);
            ReadPiece(device, address, data, done, count, Report, cancellationToken);
        }

        Report(length);
        return data;
    }

    private static void ReadPiece(
        Esp32Device device, uint address, byte[] data, int start, int count, Action<long> report, CancellationToken cancellationToken)
    {
        if (!device.IsStub)
        {
            ReadSlowly(device.Loader, address, data, start, count, report, cancellationToken);
            return;
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                FlashStream.Read(device, (uint)(address + start), data, start, count, report, cancellationToken);
                return;
            }
            catch (Esp32Exception error) when (error.IsTransient && attempt < PieceAttempts)
            {
                if (!LoaderRecovery.TryResynchronise(device.Loader, cancellationToken))
                {
                    throw;
                }
            }
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
