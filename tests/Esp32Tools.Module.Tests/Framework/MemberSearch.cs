using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>Looks for a member on a type and on the classes that it derives from, as the runtime does.</summary>
/// <param name="assemblies">Where types are found.</param>
/// <param name="name">Name of the member.</param>
/// <param name="isMethod">False for a field.</param>
/// <param name="signature">The whole signature: another overload is another member.</param>
internal sealed class MemberSearch(AssemblySet assemblies, string name, bool isMethod, string signature)
{
    /// <summary>True when the member is there, and others may use it.</summary>
    /// <param name="type">The type that a reference names. Its own parameters stand for themselves in the signature.</param>
    public bool Finds(FoundType type) => Finds(type, []);

    private bool Finds(FoundType type, ImmutableArray<SignatureType> arguments)
    {
        SignatureReader reader = new(assemblies, type.Assembly);
        if (isMethod ? HasMethod(type, reader, arguments) : HasField(type, reader, arguments))
        {
            return true;
        }

        EntityHandle parent = type.Definition.BaseType;
        return !parent.IsNil
            && reader.Type(parent, arguments) is { Definition: FoundType next } spelled
            && Finds(next, spelled.Arguments);
    }

    private bool HasMethod(FoundType type, SignatureReader reader, ImmutableArray<SignatureType> arguments) =>
        type.Definition.GetMethods()
            .Select(type.Assembly.Metadata.GetMethodDefinition)
            .Where(method => type.Assembly.Metadata.StringComparer.Equals(method.Name, name))
            .Where(method => assemblies.IsOurs(type.Assembly) || (method.Attributes & MethodAttributes.MemberAccessMask)
                is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            .Any(method => SignatureReader.TextOf(method.DecodeSignature(reader, arguments)) == signature);

    private bool HasField(FoundType type, SignatureReader reader, ImmutableArray<SignatureType> arguments) =>
        type.Definition.GetFields()
            .Select(type.Assembly.Metadata.GetFieldDefinition)
            .Where(field => type.Assembly.Metadata.StringComparer.Equals(field.Name, name))
            .Where(field => assemblies.IsOurs(type.Assembly) || (field.Attributes & FieldAttributes.FieldAccessMask)
                is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
            .Any(field => field.DecodeSignature(reader, arguments).Text == signature);
}
