using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Follows register writes and notes, for each program command, everything that decides what it burns.</summary>
internal sealed class EfuseProgramLog
{
    private readonly EfuseFacts _efuse;
    private readonly Dictionary<uint, uint> _memory = [];
    private readonly Dictionary<uint, uint> _burned = [];
    private readonly List<(string Head, uint[] Data)> _programs = [];

    public EfuseProgramLog(ChipDefinition chip) => _efuse = chip.Efuse;

    /// <summary>
    /// The commands. Protection that the recorder burned at once is burned here lock by lock: what follows each other of it
    /// counts as one command with all its bits.
    /// </summary>
    public List<string> Programs
    {
        get
        {
            List<(string Head, uint[] Data)> merged = [];
            foreach ((string head, uint[] data) in _programs)
            {
                if (merged.Count > 0 && merged[^1].Head == head && IsProtection(head, data) && IsProtection(head, merged[^1].Data))
                {
                    merged[^1] = (head, [.. data.Select((word, i) => word | merged[^1].Data[i])]);
                    continue;
                }

                merged.Add((head, data));
            }

            return [.. merged.Select(program => $"{program.Head} data {Join(program.Data)}")];
        }
    }

    /// <summary>How many commands there were.</summary>
    public int Count => _programs.Count;

    public void Poke(uint address, uint value) => _memory[address - _efuse.Base] = value;

    public void Write(uint address, uint value)
    {
        uint offset = address - _efuse.Base;
        _memory[offset] = value;
        if (offset == _efuse.Command && (value & 3) == 2)
        {
            _programs.Add(($"command {value:x} configuration {Get(_efuse.Conf):x} timing {Join(_efuse.BurnTiming.Select(timing => timing.Register).Distinct().Select(Get))}", Data(value >> 2)));
        }
    }

    // WR_DIS and RD_DIS are in the first two words of block 0, and nothing but protection is burned with them.
    private bool IsProtection(string head, uint[] data) =>
        (_efuse.Generation == EfuseGeneration.Esp32 || head.StartsWith("command 2 ", StringComparison.Ordinal))
        && data.Take(2).Any(word => word != 0) && data.Skip(2).All(word => word == 0);

    private uint[] Data(uint block) => [.. _efuse.Generation == EfuseGeneration.Esp32
        ? _efuse.Blocks.SelectMany(each => Words(each.WriteOffset, each.Words)).Select(NewBits)
        : Words(0, block == 0 ? 8 : 11).Select(Get)];

    // espefuse leaves the words of the block before in their registers, so that the next command burns them once more.
    private uint NewBits(uint offset)
    {
        uint before = _burned.TryGetValue(offset, out uint value) ? value : 0;
        uint now = Get(offset);
        _burned[offset] = before | now;
        return now & ~before;
    }

    private static IEnumerable<uint> Words(uint offset, int count) => Enumerable.Range(0, count).Select(i => offset + (4 * (uint)i));

    private static string Join(IEnumerable<uint> words) => string.Join(" ", words.Select(word => word.ToString("x8", CultureInfo.InvariantCulture)));

    private uint Get(uint offset) => _memory.TryGetValue(offset, out uint value) ? value : 0;
}
