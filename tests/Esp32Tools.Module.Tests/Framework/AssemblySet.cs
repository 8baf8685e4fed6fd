using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>Assemblies that find each other by name, as they do in one process.</summary>
internal sealed class AssemblySet
{
    private readonly Dictionary<string, Lazy<AssemblyImage>> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<AssemblyImage> _ours = [];

    /// <summary>Adds the assemblies of a folder, which show others their public side; not those of the folders in it.</summary>
    public void AddFolder(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*.dll"))
        {
            _assemblies[Path.GetFileNameWithoutExtension(path)] = new(() => new AssemblyImage(File.ReadAllBytes(path)));
        }
    }

    /// <summary>Adds an assembly of our own.</summary>
    public void AddOurs(AssemblyImage assembly)
    {
        _assemblies[assembly.Name] = new(assembly);
        _ours.Add(assembly);
    }

    /// <summary>True for an assembly whose internal types and members may be used as well: the compiler has seen to that.</summary>
    public bool IsOurs(AssemblyImage assembly) => _ours.Contains(assembly);

    /// <summary>An assembly; null when the set has none of that name.</summary>
    public AssemblyImage? Find(string name) => _assemblies.TryGetValue(name, out Lazy<AssemblyImage>? assembly) ? assembly.Value : null;

    /// <summary>The type that a reference means, wherever it was forwarded to; null when there is none.</summary>
    public FoundType? Find(AssemblyImage from, TypeReferenceHandle reference)
    {
        string name = from.NameOf(reference);
        HashSet<string> seen = [];
        for (string? place = from.AssemblyOf(reference); place is not null && seen.Add(place);)
        {
            AssemblyImage? assembly = Find(place);
            if (assembly?.TypeNamed(name) is TypeDefinitionHandle handle)
            {
                return new FoundType(assembly, handle);
            }

            place = assembly?.ForwardOf(name);
        }

        return null;
    }
}
