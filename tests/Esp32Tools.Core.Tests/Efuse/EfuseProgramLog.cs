using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Core.Tests.Efuse;

/// <summary>Follows register writes and notes, for each program command, everything that decides what it burns.</summary>
internal sealed class EfuseProgramLog
{
    private readonly EfuseFacts _efuse;
    private readonly Dictionary<uint, uint> _memory = [];
    private readonly Dictionary<uint, uint> _burned = [];

    public EfuseProgramLog(ChipDefinition chip) => _efuse = chip.Efuse;

    public List<string> Programs { get; } = [];

    public void Poke(uint address, uint value) => _memory[address - _efuse.Base] = value;

    public void Write(uint address, uint value)
    {
        uint offset = address - _efuse.Base;
        _memory[offset] = value;
        if (offset == _efuse.Command && (value & 3) == 2)
        {
            Programs.Add($"command {value:x} configuration {Get(_efuse.Conf):x} timing {Join(_efuse.BurnTiming.Select(timing => timing.Register).Distinct())} data {Data(value >> 2)}");
        }
    }

    private string Data(uint block) => _efuse.Generation == EfuseGeneration.Esp32
        ? string.Join(" ", _efuse.Blocks.SelectMany(each => Words(each.WriteOffset, each.Words)).Select(NewBits))
        : Join(Words(0, block == 0 ? 8 : 11));

    // espefuse leaves the words of the block before in their registers, so that the next command burns them once more.
    private string NewBits(uint offset)
    {
        uint before = _burned.TryGetValue(offset, out uint value) ? value : 0;
        uint now = Get(offset);
        _burned[offset] = before | now;
        return (now & ~before).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<uint> Words(uint offset, int count) => Enumerable.Range(0, count).Select(i => offset + (4 * (uint)i));

    private string Join(IEnumerable<uint> offsets) => string.Join(" ", offsets.Select(offset => Get(offset).ToString("x8", CultureInfo.InvariantCulture)));

    private uint Get(uint offset) => _memory.TryGetValue(offset, out uint value) ? value : 0;
}
