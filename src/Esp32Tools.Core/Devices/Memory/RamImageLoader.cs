using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Devices.Output;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices.Memory;

/// <summary>Loads an image into RAM and starts it; flash is not touched (protocol.md, sections 2 and 9).</summary>
public static class RamImageLoader
{
    /// <summary>Loads an image. The chip stays in its loader.</summary>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static RamImageResult Load(
        Esp32Device device, RamImagePlan plan, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        TimeSpan start = device.GetLoader().Clock.Now;
        Upload(device, plan, progress, cancellationToken);
        device.GetLoader().Execute(new MemoryEndRequest { Entry = 0 }, cancellationToken);
        return Result(device, plan, started: false, start);
    }

    /// <summary>
    /// Loads an image and jumps into it. The loader is gone then: the session can only watch the
    /// port and close it without a reset.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="plan">The image, checked for this device.</param>
    /// <param name="output">
    /// How to watch the output of the image, and until when. The loader changes to its baud rate before the image starts.
    /// </param>
    /// <param name="watch">False to return as soon as the image is started.</param>
    /// <param name="line">Receives each line as it arrives; null for none.</param>
    /// <param name="progress">Receives the progress of the load; null for none.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <exception cref="LoaderException">
    /// The chip refused or did not answer; or <see cref="ErrorCode.OutputFailed"/>, <see cref="ErrorCode.OutputTimeout"/>.
    /// </exception>
    public static RamImageResult Run(
        Esp32Device device,
        RamImagePlan plan,
        OutputOptions output,
        bool watch,
        Action<Esp32OutputLine>? line,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        TimeSpan start = device.GetLoader().Clock.Now;
        Upload(device, plan, progress, cancellationToken);

        // A program that does not set up the UART itself prints at the loader's baud rate.
        if (device.BaudRate != output.BaudRate && device.GetTransport().Traits.HasBaudRate)
        {
            BaudRateChange.Apply(device.GetLoader(), output.BaudRate, cancellationToken);
        }

        byte[] first = RamJump.Into(device.GetLoader(), plan.Image.Header.EntryPoint, cancellationToken);
        RamImageResult result = Result(device, plan, started: true, start);
        if (!watch)
        {
            return result;
        }

        List<Esp32OutputLine> lines = [];
        foreach (Esp32OutputLine next in OutputWatcher.Watch(device.GetTransport(), first, output, cancellationToken))
        {
            lines.Add(next);
            line?.Invoke(next);
        }

        return result with { Output = new(lines) };
    }

    private static void Upload(
        Esp32Device device, RamImagePlan plan, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        long before = 0;
        foreach (ImageSegment segment in plan.Segments)
        {
            byte[] data = new byte[segment.Length];
            Buffer.BlockCopy(plan.Bytes, segment.DataOffset, data, 0, data.Length);
            long offset = before;
            StubLoader.Upload(
                device.GetLoader(),
                data,
                segment.LoadAddress,
                cancellationToken,
                done => progress?.Invoke(new OperationProgress("Loading RAM", offset + done, plan.Length, segment.LoadAddress + (uint)done)));
            before += data.Length;
        }
    }

    private static RamImageResult Result(Esp32Device device, RamImagePlan plan, bool started, TimeSpan start) => new()
    {
        PortName = device.PortName,
        Name = plan.Image.Source ?? string.Empty,
        Segments = plan.Segments.Count,
        Length = plan.Length,
        EntryPoint = plan.Image.Header.EntryPoint,
        Started = started,
        DurationSeconds = (device.GetLoader().Clock.Now - start).TotalSeconds,
    };
}
