using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Compares flash with images and reports the first difference.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Esp32Flash")]
[OutputType(typeof(FlashTestResult), typeof(FlashTestSummary))]
public sealed class TestEsp32FlashCommand : FlashImageCmdlet
{
    private protected override object SumUp(BoardOutcome board) => FlashSummaries.OfTest(board);

    private protected override void ProcessImages(Esp32Device device, IReadOnlyList<FlashImage> images, ActivityProgress progress)
    {
        foreach (FlashImage image in images)
        {
            try
            {
                Emit(FlashVerifier.Test(device, image, progress.Report, StopToken));
            }
            catch (FlashException error) when (error.Code == ErrorCode.FlashEncrypted && images.Count > 1)
            {
                Invocation.Operation?.Fail(error.Code);

                // This image cannot be compared; the others can.
                WriteError(ErrorRecords.From(error, image.Name));
            }
        }
    }
}
