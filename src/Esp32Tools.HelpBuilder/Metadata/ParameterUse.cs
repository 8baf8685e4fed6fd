namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>The use of a parameter in one parameter set.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="IsMandatory">True when it is mandatory.</param>
/// <param name="Position">Its position, from 0; null when it must be named.</param>
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
