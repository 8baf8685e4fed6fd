using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Esp32Tools.HelpBuilder.Metadata;
using Esp32Tools.HelpBuilder.Pages;

namespace Esp32Tools.HelpBuilder.Output;

/// <summary>
/// Writes the help of cmdlets as PowerShell reads it: MAML. Source: Microsoft Learn, "Writing XML-based help topics for commands".
/// </summary>
internal static class MamlWriter
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Makes the document.</summary>
    public static XDocument Write(IEnumerable<CommandHelp> commands) => new(new XElement(
        Root + "helpItems",
        new XAttribute("schema", "maml"),
        commands.Select(Item)));

    private static XElement Item(CommandHelp help) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", help.Cmdlet.Name),
            new XElement(Command + "verb", help.Cmdlet.Verb),
            new XElement(Command + "noun", help.Cmdlet.Noun),
            Description([help.Page.Synopsis])),
        Description(help.Page.Description),
        new XElement(Command + "syntax", help.Cmdlet.Sets.Select(set => Syntax(help, set))),
        new XElement(Command + "parameters", help.Cmdlet.Parameters.OrderBy(parameter => parameter.Name).Select(parameter => Parameter(help, parameter, parameter.Uses[0]))),
        new XElement(Command + "inputTypes", help.Page.Inputs.Select(type => Type(Command + "inputType", type))),
        new XElement(Command + "returnValues", help.Page.Outputs.Select(type => Type(Command + "returnValue", type))),
        help.Page.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(help.Page.Notes))),
        new XElement(Command + "examples", help.Page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", help.Page.Links.Select(Link)));

    private static XElement Syntax(CommandHelp help, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", help.Cmdlet.Name),
        from parameter in help.Cmdlet.Parameters
        let use = parameter.In(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.IsMandatory descending
        select Parameter(help, parameter, use));

    private static XElement Parameter(CommandHelp help, ParameterInfo parameter, ParameterUse use) => new(
        Command + "parameter",
        new XAttribute("required", use.IsMandatory),
        new XAttribute("variableLength", parameter.IsArray),
        new XAttribute("globbing", parameter.TakesWildcards),
        new XAttribute("pipelineInput", use.PipelineInput),
        new XAttribute("position", use.PositionText),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Description(help.DescriptionOf(parameter)),
        parameter.Values.Count == 0 ? null : new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, isRequired: false))),
        parameter.IsSwitch ? null : Value(parameter.TypeName, isRequired: true),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", use.IsMandatory ? "None" : parameter.Default));

    private static XElement Value(string text, bool isRequired) => new(
        Command + "parameterValue",
        new XAttribute("required", isRequired),
        new XAttribute("variableLength", false),
        text);

    private static XElement Type(XName name, HelpType type) => new(
        name,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
        Description(type.Paragraphs));

    private static XElement Example(HelpExample example) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- {example.Title} ----------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Link(HelpLink link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Address));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(text => new XElement(Maml + "para", text));
}
