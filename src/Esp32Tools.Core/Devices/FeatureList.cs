using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Esp32Tools.Devices;

/// <summary>What a part can do, one item each; as text, all of them on one line, so that a report has them too.</summary>
public sealed class FeatureList : ReadOnlyCollection<string>
{
    /// <summary>Makes a list of the items.</summary>
    public FeatureList(IReadOnlyList<string> features)
        : base([.. features])
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Items);
}
