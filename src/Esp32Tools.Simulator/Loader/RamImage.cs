using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The segments loaded into RAM since the last reset, which identify the target of a jump.</summary>
internal sealed class RamImage
{
    private readonly List<(uint Start, uint Length)> _segments = [];

    public void Add(uint start, uint length) => _segments.Add((start, length));

    /// <summary>True when the start address of any segment meets a condition.</summary>
    public bool StartsWith(Func<uint, bool> isSo) => _segments.Any(segment => segment.Length >= 4 && isSo(segment.Start));

    public bool Contains(uint address) => _segments.Any(segment => address - segment.Start < segment.Length);
}
