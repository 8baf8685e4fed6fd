using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>Which of an assembly's references lead nowhere: to an assembly, a type or a member that a set of others lacks.</summary>
/// <param name="assemblies">All that there is.</param>
internal sealed class ReferenceCheck(AssemblySet assemblies)
{
    private static readonly string[] s_methodsOfArrays = [".ctor", "Get", "Set", "Address"];

    /// <summary>A line for each reference that leads nowhere.</summary>
    public IReadOnlyList<string> FaultsOf(AssemblyImage assembly) =>
    [
        .. assembly.Metadata.AssemblyReferences.Select(handle => FaultOf(assembly, handle)).OfType<string>(),
        .. assembly.Metadata.TypeReferences.Select(handle => FaultOf(assembly, handle)).OfType<string>(),
        .. assembly.Metadata.MemberReferences.Select(handle => FaultOf(assembly, handle)).OfType<string>(),
    ];

    private string? FaultOf(AssemblyImage assembly, AssemblyReferenceHandle handle)
    {
        AssemblyReference reference = assembly.Metadata.GetAssemblyReference(handle);
        string name = assembly.Metadata.GetString(reference.Name);
        AssemblyImage? found = assemblies.Find(name);
        // .NET Framework takes a later version of its own assemblies for the one asked for, and never an earlier one.
        return found is null ? $"assembly {name}"
            : found.Version < reference.Version ? $"assembly {name} {reference.Version}: there is {found.Version}"
            : null;
    }

    private string? FaultOf(AssemblyImage assembly, TypeReferenceHandle handle)
    {
        FoundType? found = assemblies.Find(assembly, handle);
        return found is not null && (found.IsVisible || assemblies.IsOurs(found.Assembly))
            ? null
            : $"type [{assembly.AssemblyOf(handle)}]{assembly.NameOf(handle)}";
    }

    private string? FaultOf(AssemblyImage assembly, MemberReferenceHandle handle)
    {
        MemberReference reference = assembly.Metadata.GetMemberReference(handle);
        if (reference.Parent.Kind == HandleKind.MethodDefinition)
        {
            return null; // A method of this assembly that takes any number of arguments.
        }

        SignatureReader reader = new(assemblies, assembly);
        SignatureType parent = reader.Type(reference.Parent, []);
        string name = assembly.Metadata.GetString(reference.Name);
        bool isMethod = reference.GetKind() == MemberReferenceKind.Method;
        string signature = isMethod
            ? SignatureReader.TextOf(reference.DecodeMethodSignature(reader, []))
            : reference.DecodeFieldSignature(reader, []).Text;
        bool found = parent.IsArray
            ? s_methodsOfArrays.Contains(name)
            : parent.Definition is FoundType type && new MemberSearch(assemblies, name, isMethod, signature).Finds(type);
        return found ? null : $"{(isMethod ? "method" : "field")} {parent.Text}::{name}{(isMethod ? "" : " : ")}{signature}";
    }
}
