using System.Collections.Generic;
using System.Linq;
using Esp32Tools.HelpBuilder.Metadata;
using Esp32Tools.HelpBuilder.Pages;

namespace Esp32Tools.HelpBuilder.Output;

/// <summary>A cmdlet together with its page.</summary>
/// <param name="Cmdlet">The metadata of the cmdlet.</param>
/// <param name="Page">The page of the cmdlet.</param>
/// <param name="Shared">The descriptions of parameters that many cmdlets share.</param>
internal sealed record CommandHelp(CmdletInfo Cmdlet, CommandPage Page, IReadOnlyList<HelpParameter> Shared)
{
    /// <summary>The description of a parameter, from the page, else from the shared ones; empty when there is none.</summary>
    public IReadOnlyList<string> DescriptionOf(ParameterInfo parameter) =>
        Page.Parameters.Concat(Shared).FirstOrDefault(text => text.Name == parameter.Name)?.Paragraphs ?? [];

    /// <summary>The differences between the page and the cmdlet.</summary>
    public IEnumerable<(int Line, string Message)> Gaps()
    {
        foreach (HelpParameter text in Page.Parameters.Where(text => Cmdlet.Parameters.All(parameter => parameter.Name != text.Name)))
        {
            yield return (text.Line, $"{Cmdlet.Name} has no parameter -{text.Name}.");
        }

        foreach (ParameterInfo parameter in Cmdlet.Parameters.Where(parameter => DescriptionOf(parameter).Count == 0))
        {
            yield return (1, $"Nothing is written about -{parameter.Name} of {Cmdlet.Name}.");
        }

        string[] named = [.. Page.Outputs.Select(type => type.Name).Where(name => name != "None")];
        foreach (string type in Cmdlet.OutputTypes.Except(named))
        {
            yield return (1, $"{Cmdlet.Name} writes {type}, and OUTPUTS does not name it.");
        }

        foreach (HelpType type in Page.Outputs.Where(type => named.Except(Cmdlet.OutputTypes).Contains(type.Name)))
        {
            yield return (type.Line, $"{Cmdlet.Name} does not declare {type.Name} as its output.");
        }
    }
}
