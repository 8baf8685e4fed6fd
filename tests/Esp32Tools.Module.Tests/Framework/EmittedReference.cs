using System;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>Makes an assembly with one reference in it, to what no compiler would name in this way.</summary>
internal static class EmittedReference
{
    /// <summary>An assembly that calls a method: one parameter, no result.</summary>
    /// <param name="framework">Assembly of the type.</param>
    /// <param name="version">The version of it that is asked for.</param>
    /// <param name="space">Namespace of the type.</param>
    /// <param name="type">Its name.</param>
    /// <param name="arguments">How many type arguments it has: all are Int32.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="parameter">Writes the type of its parameter.</param>
    public static AssemblyImage Make(
        string framework, Version version, string space, string type, int arguments, string method, Action<SignatureTypeEncoder> parameter)
    {
        MetadataBuilder metadata = new();
        metadata.AddModule(0, metadata.GetOrAddString("Emitted.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Emitted"), new Version(1, 0, 0, 0), default, default, default, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        AssemblyReferenceHandle home = metadata.AddAssemblyReference(metadata.GetOrAddString(framework), version, default, default, default, default);
        EntityHandle parent = metadata.AddTypeReference(home, metadata.GetOrAddString(space), metadata.GetOrAddString(type));
        if (arguments > 0)
        {
            parent = metadata.AddTypeSpecification(metadata.GetOrAddBlob(Instance(parent, arguments)));
        }

        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(1, returns => returns.Void(), all => parameter(all.AddParameter().Type()));
        metadata.AddMemberReference(parent, metadata.GetOrAddString(method), metadata.GetOrAddBlob(signature));
        return new AssemblyImage(FileOf(metadata));
    }

    private static BlobBuilder Instance(EntityHandle type, int count)
    {
        BlobBuilder blob = new();
        GenericTypeArgumentsEncoder all = new BlobEncoder(blob).TypeSpecificationSignature().GenericInstantiation(type, count, isValueType: false);
        for (int i = 0; i < count; i++)
        {
            all.AddArgument().Int32();
        }

        return blob;
    }

    private static byte[] FileOf(MetadataBuilder metadata)
    {
        ManagedPEBuilder builder = new(
            PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder());
        BlobBuilder file = new();
        builder.Serialize(file);
        return file.ToArray();
    }
}
