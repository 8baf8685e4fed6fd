using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>The help page of one cmdlet.</summary>
internal sealed record CommandPage
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>The synopsis, one sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The full description.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Its examples.</summary>
    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>The parameters that this page describes.</summary>
    public required IReadOnlyList<HelpParameter> Parameters { get; init; }

    /// <summary>The types that it takes from the pipeline.</summary>
    public required IReadOnlyList<HelpType> Inputs { get; init; }

    /// <summary>The types that it writes.</summary>
    public required IReadOnlyList<HelpType> Outputs { get; init; }

    /// <summary>The notes.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The related links.</summary>
    public required IReadOnlyList<HelpLink> Links { get; init; }
}
