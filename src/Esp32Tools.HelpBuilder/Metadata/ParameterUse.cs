namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>What a parameter is in one parameter set.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="IsMandatory">True when it has to be given.</param>
/// <param name="Position">Place without its name, from 0; null when it has to be named.</param>
/// <param name="FromPipeline">True when it takes pipeline objects.</param>
/// <param name="FromProperty">True when it takes properties of pipeline objects.</param>
internal sealed record ParameterUse(string Set, bool IsMandatory, int? Position, bool FromPipeline, bool FromProperty)
{
    /// <summary>The words that help uses for pipeline input.</summary>
    public string PipelineInput => (FromPipeline, FromProperty) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>The words that help uses for the position.</summary>
    public string PositionText => Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named";
}
