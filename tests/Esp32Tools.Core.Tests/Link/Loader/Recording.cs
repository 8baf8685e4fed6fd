using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>
/// What passed between the reference tool and a real ROM or stub, from one file <c>chip-rom|stub-operation.jsonl</c>.
/// </summary>
internal sealed class Recording
{
    private Recording(string name, ChipDefinition chip, IReadOnlyList<RecordedFrame> frames)
    {
        Name = name;
        Chip = chip;
        Frames = frames;
        UsesStub = name.Contains("-stub-", StringComparison.Ordinal);
        StartsStub = frames.Any(frame => frame.Kind == "stub-greeting");
        IsWholeSession = frames[0].Kind == "SYNC" && frames.Any(frame => frame.FromHost && frame.Kind == "GET_SECURITY_INFO");
        Exchanges = Pair();
    }

    /// <summary>Names of all files, for tests that run once for each.</summary>
    public static TheoryData<string> Names => [.. WireIndex.Names];

    /// <summary>Names of those that begin with a connection.</summary>
    public static TheoryData<string> SessionNames => [.. WireIndex.Names.Where(name => Load(name).IsWholeSession)];

    public string Name { get; }

    public ChipDefinition Chip { get; }

    public bool UsesStub { get; }

    /// <summary>True when the stub is uploaded in it; a recording of the stub without that begins in the stub.</summary>
    public bool StartsStub { get; }

    /// <summary>True when it begins with a sync and the detection; false for requests written by hand.</summary>
    public bool IsWholeSession { get; }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public IReadOnlyList<RecordedExchange> Exchanges { get; }

    /// <summary>One of the vectors.</summary>
    public static Recording Load(string name) => Parse(name, WireIndex.Lines(name));

    /// <summary>One of the repository, whatever the vectors are.</summary>
    public static Recording Sample(string name) => Parse(name, WireIndex.SampleLines(name));

    private static Recording Parse(string name, IEnumerable<string> lines) =>
        new(name, ChipCatalog.ByName(name.Split('-')[0]), [.. lines.Select(RecordedFrame.Parse)]);

    private List<RecordedExchange> Pair()
    {
        List<RecordedExchange> exchanges = [];
        bool isStub = UsesStub && !StartsStub;
        foreach (RecordedFrame frame in Frames)
        {
            if (frame.FromHost)
            {
                exchanges.Add(new RecordedExchange(frame, new LoaderDialect(Chip, isStub)));
                continue;
            }

            isStub |= frame.Kind == "stub-greeting";

            // Two frames of the host in a row: the first was rubbish, and the ROM's refusal of it comes first.
            bool refusal = !isStub && frame.HasHeader && exchanges[^1].Request.HasHeader && frame.Kind != exchanges[^1].Request.Kind;
            bool toRubbish = refusal && exchanges.Count > 1 && !exchanges[^2].Request.HasHeader;
            exchanges[toRubbish ? ^2 : ^1].Answers.Add(frame);
        }

        return exchanges;
    }
}
