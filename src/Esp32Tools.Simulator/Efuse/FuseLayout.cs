using System.Collections.Generic;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>How block 0 of a chip protects itself and the other blocks.</summary>
internal sealed class FuseLayout
{
    /// <summary>Word of block 0 with RD_DIS.</summary>
    public required int ReadDisableWord { get; init; }

    /// <summary>Lowest bit of RD_DIS in that word.</summary>
    public required int ReadDisableShift { get; init; }

    /// <summary>What WR_DIS (word 0 of block 0) locks inside block 0.</summary>
    public required IReadOnlyList<FuseProtection> WriteProtection { get; init; }

    /// <summary>What RD_DIS hides inside block 0.</summary>
    public IReadOnlyList<FuseProtection> ReadProtection { get; init; } = [];
}
