using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>The metadata of a cmdlet, from its attributes.</summary>
internal sealed class CmdletInfo
{
    /// <summary>The name of the set of parameters that belong to every set.</summary>
    public const string AllSets = "__AllParameterSets";

    /// <param name="type">The class of the cmdlet.</param>
    public CmdletInfo(Type type)
    {
        CustomAttributeData cmdlet = type.OfName("CmdletAttribute").Single();
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        DefaultSet = cmdlet.Named<string>("DefaultParameterSetName");
        object instance = Activator.CreateInstance(type)!;
        List<ParameterInfo> parameters =
        [
            .. type.GetProperties()
                .Where(property => property.OfName("ParameterAttribute").Any())
                .Select(property => ParameterInfo.Of(property, property.GetValue(instance))),
        ];
        if (cmdlet.Named<bool>("SupportsShouldProcess"))
        {
            parameters.Add(ParameterInfo.CommonSwitch("WhatIf", "wi"));
            parameters.Add(ParameterInfo.CommonSwitch("Confirm", "cf"));
        }

        Parameters = parameters;
        OutputTypes =
        [
            .. type.OfName("OutputTypeAttribute")
                .SelectMany(attribute => attribute.ListedValues())
                .Select(value => value is Type written ? written.FullName! : (string)value)
                .Where(name => name != "System.Void")
                .Distinct(),
        ];
    }

    /// <summary>The verb.</summary>
    public string Verb { get; }

    /// <summary>The noun.</summary>
    public string Noun { get; }

    /// <summary>Verb and noun.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The default parameter set; null when there is none.</summary>
    public string? DefaultSet { get; }

    /// <summary>The parameters, inherited ones and those of ShouldProcess too.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>Full names of the types it writes.</summary>
    public IReadOnlyList<string> OutputTypes { get; }

    /// <summary>The parameter sets, the default one first; one without a name for a cmdlet that has none.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).Where(set => set != AllSets).Distinct()];
            return named.Length == 0 ? [AllSets] : DefaultSet is null ? named : [DefaultSet, .. named.Where(set => set != DefaultSet)];
        }
    }
}
