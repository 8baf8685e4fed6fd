using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>The metadata of a parameter: its attributes and its default value.</summary>
internal sealed record ParameterInfo
{
    private const string Switch = "SwitchParameter";

    /// <summary>Its name, without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>Its type as PowerShell writes it.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its aliases.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The accepted values, when they are a closed list.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>True when it supports wildcards.</summary>
    public required bool TakesWildcards { get; init; }

    /// <summary>Its default value.</summary>
    public required string Default { get; init; }

    /// <summary>Its use in each parameter set.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }

    /// <summary>True for a switch.</summary>
    public bool IsSwitch => TypeName == Switch;

    /// <summary>True for a list of values.</summary>
    public bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Its use in a parameter set; null when it is not in that set.</summary>
    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set == set || use.Set == CmdletInfo.AllSets);

    /// <summary>Reads a property of a cmdlet.</summary>
    /// <param name="property">The property.</param>
    /// <param name="initial">Its value in a new cmdlet.</param>
    public static ParameterInfo Of(PropertyInfo property, object? initial)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        return new ParameterInfo
        {
            Name = property.Name,
            TypeName = NameOf(type),
            Aliases = [.. property.OfName("AliasAttribute").SelectMany(Words)],
            Values = element.IsEnum ? Enum.GetNames(element) : [.. property.OfName("ValidateSetAttribute").SelectMany(Words)],
            TakesWildcards = property.OfName("SupportsWildcardsAttribute").Any(),
            Default = element.Name == Switch ? "False" : DefaultText(initial),
            Uses = [.. property.OfName("ParameterAttribute").Select(UseOf)],
        };
    }

    /// <summary>One of the two switches that come with ShouldProcess.</summary>
    public static ParameterInfo CommonSwitch(string name, string alias) => new()
    {
        Name = name,
        TypeName = Switch,
        Aliases = [alias],
        Values = [],
        TakesWildcards = false,
        Default = "False",
        Uses = [new ParameterUse(CmdletInfo.AllSets, IsMandatory: false, null, FromPipeline: false, FromProperty: false)],
    };

    private static ParameterUse UseOf(CustomAttributeData attribute)
    {
        bool isPlaced = attribute.NamedArguments.Any(argument => argument.MemberName == "Position");
        return new ParameterUse(
            attribute.Named<string>("ParameterSetName") ?? CmdletInfo.AllSets,
            attribute.Named<bool>("Mandatory"),
            isPlaced ? attribute.Named<int>("Position") : null,
            attribute.Named<bool>("ValueFromPipeline"),
            attribute.Named<bool>("ValueFromPipelineByPropertyName"));
    }

    private static IEnumerable<string> Words(CustomAttributeData attribute) => attribute.ListedValues().Cast<string>();

    // PowerShell's own short names of common types.
    private static string NameOf(Type type) => type.IsArray
        ? NameOf(type.GetElementType()!) + "[]"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}[{string.Join(",", type.GetGenericArguments().Select(NameOf))}]"
            : type.Name;

    private static string DefaultText(object? value) => value switch
    {
        null or "" => "None",
        string text => text,
        ICollection items => items.Count == 0 ? "None" : string.Join(", ", items.Cast<object?>().Select(DefaultText)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "None",
    };
}
