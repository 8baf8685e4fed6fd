using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Esp32Tools.Devices;

/// <summary>The features of a part, one item each; as text, all of them on one line, so that they fit a report.</summary>
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
