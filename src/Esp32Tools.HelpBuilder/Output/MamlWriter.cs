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
    private static readonly XNamespace s_root = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Makes the document.</summary>
    public static XDocument Write(IEnumerable<CommandHelp> commands) => new(new XElement(
        s_root + "helpItems",
        new XAttribute("schema", "maml"),
        commands.Select(Item)));

    private static XElement Item(CommandHelp help) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", help.Cmdlet.Name),
            new XElement(s_command + "verb", help.Cmdlet.Verb),
            new XElement(s_command + "noun", help.Cmdlet.Noun),
            Description([help.Page.Synopsis])),
        Description(help.Page.Description),
        new XElement(s_command + "syntax", help.Cmdlet.Sets.Select(set => Syntax(help, set))),
        new XElement(s_command + "parameters", help.Cmdlet.Parameters.OrderBy(parameter => parameter.Name).Select(parameter => Parameter(help, parameter, parameter.Uses[0]))),
        new XElement(s_command + "inputTypes", help.Page.Inputs.Select(type => Type(s_command + "inputType", type))),
        new XElement(s_command + "returnValues", help.Page.Outputs.Select(type => Type(s_command + "returnValue", type))),
        help.Page.Notes.Count == 0 ? null : new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(help.Page.Notes))),
        new XElement(s_command + "examples", help.Page.Examples.Select(Example)),
        new XElement(s_command + "relatedLinks", help.Page.Links.Select(Link)));

    private static XElement Syntax(CommandHelp help, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", help.Cmdlet.Name),
        from parameter in help.Cmdlet.Parameters
        let use = parameter.In(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.IsMandatory descending
        select Parameter(help, parameter, use));

    private static XElement Parameter(CommandHelp help, ParameterInfo parameter, ParameterUse use) => new(
        s_command + "parameter",
        new XAttribute("required", use.IsMandatory),
        new XAttribute("variableLength", parameter.IsArray),
        new XAttribute("globbing", parameter.TakesWildcards),
        new XAttribute("pipelineInput", use.PipelineInput),
        new XAttribute("position", use.PositionText),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(s_maml + "name", parameter.Name),
        Description(help.DescriptionOf(parameter)),
        parameter.Values.Count == 0 ? null : new XElement(s_command + "parameterValueGroup", parameter.Values.Select(value => Value(value, isRequired: false))),
        parameter.IsSwitch ? null : Value(parameter.TypeName, isRequired: true),
        new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName), new XElement(s_maml + "uri")),
        new XElement(s_dev + "defaultValue", use.IsMandatory ? "None" : parameter.Default));

    private static XElement Value(string text, bool isRequired) => new(
        s_command + "parameterValue",
        new XAttribute("required", isRequired),
        new XAttribute("variableLength", false),
        text);

    private static XElement Type(XName name, HelpType type) => new(
        name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name), new XElement(s_maml + "uri")),
        Description(type.Paragraphs));

    private static XElement Example(HelpExample example) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"---------- {example.Title} ----------"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Link(HelpLink link) => new(
        s_maml + "navigationLink",
        new XElement(s_maml + "linkText", link.Text),
        new XElement(s_maml + "uri", link.Address));

    private static XElement Description(IEnumerable<string> paragraphs) => new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(text => new XElement(s_maml + "para", text));
}
