using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Simulator.Loader;

/// <summary>What has been brought into RAM since the last reset, to know a jump into it for what it is.</summary>
internal sealed class RamImage
{
    private readonly List<(uint Start, uint Length)> _segments = [];

    public void Add(uint start, uint length) => _segments.Add((start, length));

    /// <summary>True when one of the segments begins at an address of which this is so.</summary>
    public bool StartsWith(Func<uint, bool> isSo) => _segments.Any(segment => segment.Length >= 4 && isSo(segment.Start));

    public bool Contains(uint address) => _segments.Any(segment => address - segment.Start < segment.Length);
}
