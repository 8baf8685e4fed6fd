using System;
using System.Collections.Generic;
using System.IO;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>
/// The emulated chip that the recordings were taken from, as options of a board: what a recording reads before anything
/// wrote it is how its chip was, and that is all that is taken from it.
/// </summary>
internal static class RecordedChip
{
    // The emulator knows no revision register of its own: its 40 MHz clock is 346 times the host's 115200.
    private const uint AutobaudDivider = 346;

    public static SimulatorOptions For(Recording recording, string efuseFile)
    {
        ChipDefinition chip = ChipCatalog.ByName(recording.Chip);
        Dictionary<uint, uint> found = FirstReads(recording);
        File.WriteAllBytes(efuseFile, EfuseFile(chip, found));
        return new SimulatorOptions
        {
            Chip = recording.Chip,
            Name = recording.Name,
            BootsIntoLoader = true,
            AutobaudDivider = AutobaudDivider,
            DownloadStrap = chip.Key == "esp32" ? 0x0Fu : null,
            Flash = new FlashPart { Manufacturer = 0xC8, MemoryType = 0x40, HasSfdp = false },
            EfusePath = efuseFile,
            InitialRegisters = LeftBehind(chip, found),
        };
    }

    /// <summary>What earlier use of the emulator left in its SPI controller and memory, and how its oscillator was calibrated.</summary>
    public static IReadOnlyDictionary<uint, uint> LeftBehind(Recording recording) =>
        LeftBehind(ChipCatalog.ByName(recording.Chip), FirstReads(recording));

    private static Dictionary<uint, uint> LeftBehind(ChipDefinition chip, Dictionary<uint, uint> found)
    {
        Dictionary<uint, uint> words = [];
        foreach (uint address in new[] { chip.Spi.Base + chip.Spi.User, chip.Spi.Base + chip.Spi.User2, 0x3FF5_F06Cu, 0x3FF6_607Cu })
        {
            if (found.TryGetValue(address, out uint value))
            {
                words[address] = value;
            }
        }

        return words;
    }

    private static Dictionary<uint, uint> FirstReads(Recording recording)
    {
        Dictionary<uint, uint> found = [];
        HashSet<uint> written = [];
        uint? asked = null;
        foreach (RecordedFrame frame in recording.Frames)
        {
            if (frame.FromHost)
            {
                asked = frame.IsReadRegister ? frame.Word(8) : null;
                for (int entry = 8; frame.Operation == "WRITE_REG" && entry + 16 <= frame.Bytes.Length; entry += 16)
                {
                    written.Add(frame.Word(entry));
                }
            }
            else if (asked is uint address && frame.Operation == "READ_REG")
            {
                if (!written.Contains(address))
                {
                    found.TryAdd(address, frame.Word(4));
                }

                asked = null;
            }
        }

        return found;
    }

    // As espefuse keeps it: the controller's registers, last byte first.
    private static byte[] EfuseFile(ChipDefinition chip, Dictionary<uint, uint> found)
    {
        byte[] registers = new byte[chip.Efuse.RegisterSpace];
        foreach (EfuseBlockFacts block in chip.Efuse.Blocks)
        {
            for (uint word = 0; word < block.Words; word++)
            {
                uint offset = block.ReadOffset + (4 * word);
                if (found.TryGetValue(chip.Efuse.Base + offset, out uint value))
                {
                    BitConverter.TryWriteBytes(registers.AsSpan((int)offset), value);
                }
            }
        }

        Array.Reverse(registers);
        return registers;
    }
}
