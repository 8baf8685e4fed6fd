using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>Everything that is written about one cmdlet.</summary>
internal sealed record CommandPage
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>What it does, in full.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Its examples.</summary>
    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>Its parameters, as far as they are described here.</summary>
    public required IReadOnlyList<HelpParameter> Parameters { get; init; }

    /// <summary>What it takes from the pipeline.</summary>
    public required IReadOnlyList<HelpType> Inputs { get; init; }

    /// <summary>What it writes.</summary>
    public required IReadOnlyList<HelpType> Outputs { get; init; }

    /// <summary>What else one should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Where to read on.</summary>
    public required IReadOnlyList<HelpLink> Links { get; init; }
}
