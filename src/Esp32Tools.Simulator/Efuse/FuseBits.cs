using System.Collections.Generic;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>The place of a field.</summary>
/// <param name="Block">Hardware number of the block.</param>
/// <param name="Bits">Its bits in the block, the lowest of the value first.</param>
internal sealed record FuseBits(int Block, IReadOnlyList<int> Bits);
