using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Erases flash.</summary>
public static class FlashEraser
{
    // Erased in pieces, to show progress and to react to Ctrl-C; a multiple of the 64 KB blocks that are
    // quick to erase.
    private const int PieceLength = 1 << 20;

    /// <summary>Erases all of the flash. A connection that is lost during the erase is restored.</summary>
    /// <param name="device">The device.</param>
    /// <param name="allow">Refusals to lift, of <see cref="RefusalCatalog.FlashErase"/>.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Ends the erase.</param>
    /// <exception cref="FlashException"><see cref="ErrorCode.SecureBootProtected"/>, <see cref="ErrorCode.FlashEncrypted"/></exception>
    public static FlashEraseResult EraseAll(
        Esp32Device device, IReadOnlyCollection<ErrorCode> allow, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        long size = link.Run(() => device.PrepareFlash(null, cancellationToken));
        link.Run(() => RefuseInsecure(device, allow, cancellationToken));
        return Timed(device, 0, size, () => EraseChip(device, size, link, progress, cancellationToken));
    }

    /// <summary>Erases a range of whole sectors. A connection that is lost during the erase is restored, and the erase continues.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.Misaligned"/>, <see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.SecureBootProtected"/>,
    /// <see cref="ErrorCode.FlashEncrypted"/>.
    /// </exception>
    public static FlashEraseResult EraseRange(
        Esp32Device device, uint address, long length, IReadOnlyCollection<ErrorCode> allow, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        FlashRange.RequireSectors(address, length);
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        long size = link.Run(() => device.PrepareFlash(null, cancellationToken));
        FlashRange.Require(device, address, length, size);
        link.Run(() => RefuseInsecure(device, allow, cancellationToken));
        return Timed(device, address, length, () => EraseSectors(device, address, length, link, progress, cancellationToken));
    }

    /// <summary>Erases all of the flash, unchecked: part of a checked operation.</summary>
    internal static void EraseChip(
        Esp32Device device, long size, SteadyLink link, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        if (!device.IsStub)
        {
            // The ROM has no such command.
            EraseSectors(device, 0, size, link, progress, cancellationToken);
            return;
        }

        progress?.Invoke(new OperationProgress("Erasing flash", 0, size));
        link.Run(() => EraseAtOnce(device.GetLoader(), () => progress?.Invoke(new OperationProgress("Erasing flash", 0, size)), cancellationToken));
        progress?.Invoke(new OperationProgress("Erasing flash", size, size));
    }

    // The chip says nothing before it is done, which takes a minute or more.
    private static void EraseAtOnce(LoaderClient loader, Action waiting, CancellationToken cancellationToken)
    {
        loader.Channel.Waiting = waiting;
        try
        {
            loader.Execute(new EraseFlashRequest(), cancellationToken);
        }
        finally
        {
            loader.Channel.Waiting = null;
        }
    }

    private static void EraseSectors(
        Esp32Device device, uint address, long length, SteadyLink link, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        for (long done = 0; done < length; done += PieceLength)
        {
            progress?.Invoke(new OperationProgress("Erasing flash", done, length, (uint)(address + done)));
            uint count = (uint)Math.Min(PieceLength, length - done);
            uint start = (uint)(address + done);
            link.Run(() => device.GetLoader().Execute(EraseRequest(device.GetLoader().Dialect, start, count), cancellationToken));
        }

        progress?.Invoke(new OperationProgress("Erasing flash", length, length));
    }

    // The ROM erases at the beginning of a write, even of one that never sends a block.
    private static LoaderRequest EraseRequest(LoaderDialect dialect, uint address, uint count)
    {
        if (dialect.IsStub)
        {
            return new EraseRegionRequest { Address = address, Length = count };
        }

        uint blockSize = (uint)dialect.FlashBlockSize;
        return new FlashBeginRequest
        {
            Size = count,
            Blocks = (count + blockSize - 1) / blockSize,
            BlockSize = blockSize,
            Offset = address,
            ErasesFirst = true,
        };
    }

    private static void RefuseInsecure(Esp32Device device, IReadOnlyCollection<ErrorCode> allow, CancellationToken cancellationToken)
    {
        var refusals = new Refusals(RefusalCatalog.FlashErase, allow);
        if (RefusalCatalog.FlashErase.Codes.All(allow.Contains))
        {
            return;
        }

        FlashProtection security = device.ReadFlashProtection(cancellationToken);
        if (security.SecureBoot != 0)
        {
            refusals.Refuse(Insecure(ErrorCode.SecureBootProtected, "secure boot"));
        }

        if (security.FlashEncryption)
        {
            refusals.Refuse(Insecure(ErrorCode.FlashEncrypted, "flash encryption"));
        }

        FlashException Insecure(ErrorCode code, string protection) => new(
            code,
            $"The chip on {device.PortName} has {protection} on; the erased contents may never run on it again.",
            "Erase it only if the contents can be rebuilt for this chip.")
        { Target = device.PortName };
    }

    private static FlashEraseResult Timed(Esp32Device device, uint address, long length, Action erase)
    {
        TimeSpan start = device.GetTransport().Clock.Now;
        erase();
        return new FlashEraseResult
        {
            PortName = device.PortName,
            Address = address,
            Length = length,
            DurationSeconds = (device.GetTransport().Clock.Now - start).TotalSeconds,
        };
    }
}
