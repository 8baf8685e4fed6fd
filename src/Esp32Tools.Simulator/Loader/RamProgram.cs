using System;
using System.Collections.Generic;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// A program that was loaded into RAM. Processor instructions are not run here, so its first bytes identify it: the
/// mark of <see cref="VirtualProgram"/>, whose text it prints; the description of an application, which prints nothing;
/// anything else is taken for a stub.
/// </summary>
internal sealed class RamProgram : IProgram
{
    // First word of the description that ESP-IDF puts in front of an application's data (esp_app_desc.h).
    private const uint Description = 0xABCD_5432;

    private readonly ChipMachine _chip;
    private readonly byte[] _saying;

    private RamProgram(ChipMachine chip, byte[] saying) => (_chip, _saying) = (chip, saying);

    public bool Listens => false;

    /// <summary>The program that a jump to an address starts.</summary>
    public static IProgram At(ChipMachine chip, uint entry)
    {
        if (!chip.Ram.Contains(entry))
        {
            return new HaltedProgram();
        }

        if (TextAt(chip, entry) is byte[] text)
        {
            return new RamProgram(chip, text);
        }

        return chip.Ram.StartsWith(address => chip.Bus.Read(address) == Description) ? new RamProgram(chip, []) : new StubLoader(chip);
    }

    public void Start()
    {
        if (_saying.Length > 0)
        {
            _chip.Send(_saying);
        }
    }

    public void Handle(InputFrame frame)
    {
    }

    private static byte[]? TextAt(ChipMachine chip, uint entry)
    {
        if (chip.Bus.Read(entry) != VirtualProgram.Mark)
        {
            return null;
        }

        List<byte> text = [];
        for (uint at = entry + 4; chip.Ram.Contains(at); at += 4)
        {
            byte[] word = new byte[4];
            LittleEndian.WriteUInt32(word, 0, chip.Bus.Read(at));
            int end = Array.IndexOf(word, (byte)0);
            text.AddRange(end < 0 ? word : new ArraySegment<byte>(word, 0, end));
            if (end >= 0)
            {
                break;
            }
        }

        return [.. text];
    }
}
