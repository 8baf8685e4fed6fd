using System;
using System.Collections.Generic;
using System.IO;
using Esp32Tools.Compat;
using Esp32Tools.Formats.Images.Flasher;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Reset;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Lists of build systems, JSON, and plans that are text.</summary>
internal static class ListTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("json", Json) { Words = ["\\u0000", "\\uD83D", "[[[[[[[[[[[[[[[[", "{\"a\":", "1e400", "-0", "\"\\"] },
        new("flasher-list", List)
        {
            Words = ["\"flash_files\"", "\"write_flash_args\"", "\"flash_settings\"", "\"extra_esptool_args\"", "--flash_mode", "--flash-size", "detect", "0x10000 ", "-1"],
        },
        new("fault-plan", input => Look.At(Again(FaultPlan.Parse(Look.Text(input))))) { Words = ["drop@tochip:1", "*", "=5ms", "=0x06", "refuse@any", "brownout@burn", ";"] },
        new("reset-sequence", input => _ = ResetSequence.Parse(Look.Text(input)).ToString()) { Words = ["D0", "R1", "W0.1", "U1,0", "|", "W99999999999"] },
        new("stub", Stub) { Words = ["\"text\"", "\"entry\"", "\"bss_start\"", "\"data\":null"], Iterations = 5_000 },
    ];

    private static void Json(byte[] input)
    {
        try
        {
            _ = JsonText.Parse(Look.Text(input));
        }
        catch (JsonTextException)
        {
            // The readers of lists and manifests give it their name and make it an error of theirs.
        }
    }

    private static void List(byte[] input)
    {
        _ = ContentKind.IsFlasherList(input);
        Look.At(FlasherArguments.Parse(Look.Text(input), "flasher_args.json"));
    }

    // A plan that was read is written so that it can be read.
    private static FaultPlan Again(FaultPlan plan)
    {
        var again = FaultPlan.Parse(plan.ToString());
        return again.ToString() == plan.ToString() ? again : throw new InvalidOperationException($"'{plan}' becomes '{again}'.");
    }

    private static void Stub(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var stub = StubImage.Read("input", stream);
        _ = stub.Ram.Count;
    }
}
