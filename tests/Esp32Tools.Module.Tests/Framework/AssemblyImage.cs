using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>The metadata of one assembly: nothing of it is loaded or run.</summary>
internal sealed class AssemblyImage
{
    private readonly PEReader _file;
    private readonly Dictionary<string, TypeDefinitionHandle> _types = [];
    private readonly Dictionary<string, string> _forwards = [];

    /// <param name="bytes">The file.</param>
    public AssemblyImage(byte[] bytes)
    {
        _file = new PEReader(ImmutableArray.Create(bytes));
        Metadata = _file.GetMetadataReader();
        AssemblyDefinition assembly = Metadata.GetAssemblyDefinition();
        Name = Metadata.GetString(assembly.Name);
        Version = assembly.Version;
        foreach (TypeDefinitionHandle handle in Metadata.TypeDefinitions)
        {
            _types[NameOf(handle)] = handle;
        }

        foreach (ExportedTypeHandle handle in Metadata.ExportedTypes)
        {
            ExportedType type = Metadata.GetExportedType(handle);
            // A nested type lives where the type around it lives.
            if (type.Implementation.Kind == HandleKind.AssemblyReference)
            {
                AssemblyReference home = Metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation);
                _forwards[Join(type.Namespace, type.Name)] = Metadata.GetString(home.Name);
            }
        }
    }

    public string Name { get; }

    public Version Version { get; }

    public MetadataReader Metadata { get; }

    /// <summary>True for a file of .NET code; a native library has none to look at.</summary>
    public static bool IsManaged(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return file.HasMetadata;
    }

    /// <summary>A type that this assembly defines; null when it does not.</summary>
    /// <param name="name">The namespace and name; <c>Outer+Inner</c> for a nested type.</param>
    public TypeDefinitionHandle? TypeNamed(string name) => _types.TryGetValue(name, out TypeDefinitionHandle handle) ? handle : null;

    /// <summary>The assembly that this one forwards a type to; null when it does not.</summary>
    public string? ForwardOf(string typeName) => _forwards.GetValueOrDefault(typeName.Split('+')[0]);

    /// <summary>The namespace and name of a type that is defined here.</summary>
    public string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Metadata.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return outer.IsNil ? Join(type.Namespace, type.Name) : $"{NameOf(outer)}+{Metadata.GetString(type.Name)}";
    }

    /// <summary>The namespace and name of a type that is named here.</summary>
    public string NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = Metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}+{Metadata.GetString(type.Name)}"
            : Join(type.Namespace, type.Name);
    }

    /// <summary>The assembly that a type is said to be in.</summary>
    public string AssemblyOf(TypeReferenceHandle handle)
    {
        EntityHandle scope = Metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => Metadata.GetString(Metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => Name,
        };
    }

    private string Join(StringHandle space, StringHandle name) =>
        space.IsNil ? Metadata.GetString(name) : $"{Metadata.GetString(space)}.{Metadata.GetString(name)}";
}
