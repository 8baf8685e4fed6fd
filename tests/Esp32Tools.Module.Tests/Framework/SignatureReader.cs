using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>
/// Reads the signatures of one assembly into texts that can be compared with those of another: each type stands there
/// with the assembly that defines it. The context of a reading is the type arguments of the type that has the member;
/// without them its parameters stay <c>!0</c>, <c>!1</c>.
/// </summary>
internal sealed class SignatureReader(AssemblySet assemblies, AssemblyImage assembly) : ISignatureTypeProvider<SignatureType, ImmutableArray<SignatureType>>
{
    // The element type of a signature, ECMA-335 II.23.1.16.
    private const byte ValueType = 0x11;

    /// <summary>A type by any of the three ways of naming one.</summary>
    public SignatureType Type(EntityHandle handle, ImmutableArray<SignatureType> arguments) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(assembly.Metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(assembly.Metadata, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(assembly.Metadata, arguments, (TypeSpecificationHandle)handle, 0),
    };

    /// <summary>A method's parameters, what it returns, and whether it is one of an instance.</summary>
    public static string TextOf(MethodSignature<SignatureType> method)
    {
        string kind = method.Header.IsInstance ? "instance" : "static";
        string generic = method.GenericParameterCount > 0 ? $"<{method.GenericParameterCount}>" : "";
        string convention = method.Header.CallingConvention == SignatureCallingConvention.VarArgs ? " vararg" : "";
        return $"{generic}({string.Join(", ", method.ParameterTypes.Select(type => type.Text))}) : {kind}{convention} {method.ReturnType.Text}";
    }

    public SignatureType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Named(new FoundType(assembly, handle), "", rawTypeKind);

    public SignatureType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Named(assemblies.Find(assembly, handle), $"[{assembly.AssemblyOf(handle)}]{assembly.NameOf(handle)}", rawTypeKind);

    public SignatureType GetTypeFromSpecification(
        MetadataReader reader, ImmutableArray<SignatureType> genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public SignatureType GetGenericInstantiation(SignatureType genericType, ImmutableArray<SignatureType> typeArguments) =>
        genericType with
        {
            Text = $"{genericType.Text}<{string.Join(", ", typeArguments.Select(type => type.Text))}>",
            Arguments = typeArguments,
        };

    public SignatureType GetGenericTypeParameter(ImmutableArray<SignatureType> genericContext, int index) =>
        genericContext.IsDefaultOrEmpty ? new SignatureType($"!{index}") : genericContext[index];

    public SignatureType GetGenericMethodParameter(ImmutableArray<SignatureType> genericContext, int index) => new($"!!{index}");

    public SignatureType GetPrimitiveType(PrimitiveTypeCode typeCode) => new(typeCode.ToString());

    public SignatureType GetSZArrayType(SignatureType elementType) => new($"{elementType.Text}[]") { IsArray = true };

    public SignatureType GetArrayType(SignatureType elementType, ArrayShape shape) =>
        new($"{elementType.Text}[{new string(',', shape.Rank - 1)}*]") { IsArray = true };

    public SignatureType GetByReferenceType(SignatureType elementType) => new($"{elementType.Text}&");

    public SignatureType GetPointerType(SignatureType elementType) => new($"{elementType.Text}*");

    public SignatureType GetPinnedType(SignatureType elementType) => elementType;

    public SignatureType GetFunctionPointerType(MethodSignature<SignatureType> signature) => new($"method{TextOf(signature)}");

    public SignatureType GetModifiedType(SignatureType modifier, SignatureType unmodifiedType, bool isRequired) =>
        unmodifiedType with { Text = $"{unmodifiedType.Text} {(isRequired ? "modreq" : "modopt")}({modifier.Text})" };

    private static SignatureType Named(FoundType? type, string named, byte rawTypeKind) =>
        new($"{(rawTypeKind == ValueType ? "valuetype " : "")}{type?.Name ?? named}") { Definition = type };
}
