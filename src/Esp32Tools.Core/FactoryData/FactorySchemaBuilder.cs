using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>Builds a schema, key by key.</summary>
internal sealed class FactorySchemaBuilder
{
    private readonly List<(string Name, List<FactoryField> Fields)> _namespaces = [];
    private readonly HashSet<(string, string)> _keys = [];

    /// <summary>The current namespace; null before the first.</summary>
    public string? Namespace => _namespaces.Count > 0 ? _namespaces[_namespaces.Count - 1].Name : null;

    /// <summary>Begins a namespace.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public void Begin(string name) => _namespaces.Add((NvsItem.ForNamespace(name).Namespace, []));

    /// <summary>Adds a key to the namespace.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>: its name is invalid or already used.</exception>
    public void Add(FactoryField field)
    {
        NvsNames.Require(field.Key, "key");
        if (!_keys.Add((field.Namespace, field.Key)))
        {
            throw NvsErrors.Rule(
                $"The key '{field.Key}' stands in the namespace '{field.Namespace}' already.", "Remove one of the two: the firmware would read either.");
        }

        bool isNumber = NvsNumber.Is(field.Encoding.Type);
        if (!isNumber && (field.Minimum is not null || field.Maximum is not null))
        {
            throw NvsErrors.Rule($"The key '{field.Key}' has a range and is no number.", "Give a pattern for text.");
        }

        if (field.Pattern is not null && (field.IsFile || !(isNumber || field.Encoding.Type == NvsType.String)))
        {
            throw NvsErrors.Rule($"The key '{field.Key}' has a pattern and is neither text nor a number.", "Leave the pattern out.");
        }

        _namespaces[_namespaces.Count - 1].Fields.Add(field);
    }

    /// <summary>The schema; null when it has no keys.</summary>
    public FactorySchema? Build() => _keys.Count == 0
        ? null
        : new FactorySchema(_namespaces.Select(nameSpace => new FactoryNamespace(nameSpace.Name, nameSpace.Fields.ToArray())));
}
