using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Erases flash.</summary>
public static class FlashEraser
{
    // Erased in pieces, so that there is progress to show and Ctrl-C to obey; a multiple of the 64 KB blocks that are
    // quick to erase.
    private const int PieceLength = 1 << 20;

    /// <summary>Erases all of the flash. A connection that is lost in the middle is made anew.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.SecureBootProtected"/>, <see cref="ErrorCode.FlashEncrypted"/></exception>
    public static FlashEraseResult EraseAll(
        Esp32Device device, bool force, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        long size = link.Run(() => device.PrepareFlash(null, cancellationToken));
        link.Run(() => RefuseInsecure(device, force, cancellationToken));
        return Timed(device, 0, size, () => EraseChip(device, size, link, progress, cancellationToken));
    }

    /// <summary>Erases a range of whole sectors. A connection that is lost in the middle is made anew, and the erase goes on.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.Misaligned"/>, <see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.SecureBootProtected"/>,
    /// <see cref="ErrorCode.FlashEncrypted"/>.
    /// </exception>
    public static FlashEraseResult EraseRange(
        Esp32Device device, uint address, long length, bool force, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        FlashRange.RequireSectors(address, length);
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        long size = link.Run(() => device.PrepareFlash(null, cancellationToken));
        FlashRange.Require(device, address, length, size);
        link.Run(() => RefuseInsecure(device, force, cancellationToken));
        return Timed(device, address, length, () => EraseSectors(device, address, length, link, progress, cancellationToken));
    }

    /// <summary>Erases all of the flash, unchecked: part of an operation that has checked.</summary>
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
        link.Run(() => device.Loader.Execute(new EraseFlashRequest(), cancellationToken));
        progress?.Invoke(new OperationProgress("Erasing flash", size, size));
    }

    private static void EraseSectors(
        Esp32Device device, uint address, long length, SteadyLink link, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        for (long done = 0; done < length; done += PieceLength)
        {
            progress?.Invoke(new OperationProgress("Erasing flash", done, length, (uint)(address + done)));
            uint count = (uint)Math.Min(PieceLength, length - done);
            uint start = (uint)(address + done);
            link.Run(() => device.Loader.Execute(EraseRequest(device.Loader.Dialect, start, count), cancellationToken));
        }

        progress?.Invoke(new OperationProgress("Erasing flash", length, length));
    }

    // The ROM erases at the beginning of a write, also of one that never sends a block.
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

    private static void RefuseInsecure(Esp32Device device, bool force, CancellationToken cancellationToken)
    {
        if (force)
        {
            return;
        }

        FlashProtection security = device.ReadFlashProtection(cancellationToken);
        if (security.SecureBoot != 0 || security.FlashEncryption)
        {
            throw new FlashException(
                security.SecureBoot != 0 ? ErrorCode.SecureBootProtected : ErrorCode.FlashEncrypted,
                $"The chip on {device.PortName} has {(security.SecureBoot != 0 ? "secure boot" : "flash encryption")} on; what is erased may never run on it again.",
                "Force it if the contents can be made anew for this chip.")
            { Target = device.PortName };
        }
    }

    private static FlashEraseResult Timed(Esp32Device device, uint address, long length, Action erase)
    {
        TimeSpan start = device.Transport.Clock.Now;
        erase();
        return new FlashEraseResult
        {
            PortName = device.PortName,
            Address = address,
            Length = length,
            Duration = device.Transport.Clock.Now - start,
        };
    }
}
