using System.Reflection;
using System.Reflection.Metadata;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>A type where it is defined.</summary>
/// <param name="Assembly">The assembly that defines it.</param>
/// <param name="Handle">The type in it.</param>
internal sealed record FoundType(AssemblyImage Assembly, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Assembly.Metadata.GetTypeDefinition(Handle);

    /// <summary>The name, the same for everybody who names this type through one assembly or another.</summary>
    public string Name => $"[{Assembly.Name}]{Assembly.NameOf(Handle)}";

    /// <summary>True when another assembly may name it, or a class derived from the one around it.</summary>
    public bool IsVisible
    {
        get
        {
            TypeDefinition type = Definition;
            return (type.Attributes & TypeAttributes.VisibilityMask) switch
            {
                TypeAttributes.Public => true,
                TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                    new FoundType(Assembly, type.GetDeclaringType()).IsVisible,
                _ => false,
            };
        }
    }
}
