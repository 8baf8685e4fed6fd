using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>Burns through the registers, without any of the checks a host should make.</summary>
internal sealed class EfuseHost : IDisposable
{
    private readonly EfuseFacts _facts;

    public EfuseHost(string chip)
    {
        Board = Boards.InLoader(chip);
        Wire = Boards.Synced(Board);
        _facts = Board.GetChip().Efuse;
    }

    public Esp32Simulator Board { get; }

    public WireHost Wire { get; }

    public static IEnumerable<uint> Words(byte[] bytes) => bytes.Chunk(4).Select(word => BitConverter.ToUInt32(word));

    public uint Word(int block, int word) =>
        Wire.ReadRegister(_facts.Base + _facts.Blocks[block].ReadOffset + (4 * (uint)word));

    /// <summary>Newer chips: burns words into a block and reads anew.</summary>
    public void Burn(int block, uint[] words)
    {
        Load(words);
        Command(0x5A5A, 2u | ((uint)block << 2));
        Refresh();
    }

    public void BurnCoded(int block, byte[] data) => Burn(block, [.. Words(ReedSolomon.Encode(data))]);

    /// <summary>ESP32: burns words into a block and reads anew.</summary>
    public void BurnEsp32(int block, uint[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            Wire.WriteRegister(_facts.Base + _facts.Blocks[block].WriteOffset + (4 * (uint)i), words[i]);
        }

        Command(0x5A5A, 2);
        Refresh();
    }

    /// <summary>Burns words into block 0 of any chip and leaves the read registers as they are.</summary>
    public void BurnWithoutReading(uint[] words)
    {
        if (_facts.Generation != EfuseGeneration.Esp32)
        {
            Load(words);
        }

        for (int i = 0; i < words.Length && _facts.Generation == EfuseGeneration.Esp32; i++)
        {
            Wire.WriteRegister(_facts.Base + _facts.Blocks[0].WriteOffset + (4 * (uint)i), words[i]);
        }

        Command(0x5A5A, 2);
    }

    public void Refresh() => Command(0x5AA5, 1);

    /// <summary>Newer chips: fills the write registers.</summary>
    public void Load(uint[] words)
    {
        for (int i = 0; i < 11; i++)
        {
            Wire.WriteRegister(_facts.Base + (4 * (uint)i), i < words.Length ? words[i] : 0);
        }
    }

    public void Command(uint key, uint command)
    {
        Wire.WriteRegister(_facts.Base + _facts.Conf, key);
        Wire.WriteRegister(_facts.Base + _facts.Command, command);
        for (int polls = 0; Wire.ReadRegister(_facts.Base + _facts.Command) != 0; polls++)
        {
            if (polls > 10)
            {
                throw new InvalidOperationException("The controller stays busy.");
            }
        }
    }

    public void Dispose() => Wire.Dispose();
}
