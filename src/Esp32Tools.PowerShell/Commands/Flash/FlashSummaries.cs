using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>One result for a board, made of those for its images. After a failure nothing is verified or equal.</summary>
internal static class FlashSummaries
{
    public static FlashWriteSummary OfWrite(BoardOutcome board)
    {
        IReadOnlyList<FlashWriteResult> images = board.Results<FlashWriteResult>();
        bool isDone = board.ErrorId is null;
        return new FlashWriteSummary
        {
            PortName = board.PortName,
            Mac = board.Mac,
            Images = images.Count,
            Length = images.Sum(image => (long)image.Length),
            BytesSent = images.Sum(image => (long)image.BytesSent),
            Skipped = isDone && images.All(image => image.Skipped),
            Verified = isDone && images.All(image => image.Verified),
            Retries = images.Sum(image => image.Retries),
            Reconnects = images.Sum(image => image.Reconnects),
            Seconds = board.Seconds,
            ErrorId = board.ErrorId,
        };
    }

    public static FlashTestSummary OfTest(BoardOutcome board)
    {
        IReadOnlyList<FlashTestResult> images = board.Results<FlashTestResult>();
        FlashTestResult? other = images.FirstOrDefault(image => !image.IsEqual);
        return new FlashTestSummary
        {
            PortName = board.PortName,
            Mac = board.Mac,
            Images = images.Count,
            Length = images.Sum(image => (long)image.Length),
            IsEqual = board.ErrorId is null && other is null,
            Name = other?.Name,
            FirstDifference = other?.FirstDifference,
            Seconds = board.Seconds,
            ErrorId = board.ErrorId,
        };
    }
}
