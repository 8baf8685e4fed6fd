using System.Collections.Generic;

namespace Esp32Tools.FactoryData;

/// <summary>A namespace of the schema with its keys.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its keys, in order.</param>
public sealed record FactoryNamespace(string Name, IReadOnlyList<FactoryField> Fields);
