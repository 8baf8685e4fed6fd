using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Chips;

/// <summary>
/// The file in which the QEMU emulator keeps eFuses: consecutive blocks, lowest byte first. Source: ESP-IDF,
/// qemu_ext.py.
/// </summary>
public static class EmulatorEfuseFile
{
    // The ESP32's file ends with the last block, those of the others are padded.
    private const int FilledUp = 1024;

    /// <summary>True when a file has the length for this chip. The dump of another tool may have it, too.</summary>
    public static bool HasLengthOf(ChipDefinition chip, int length)
    {
        int blocks = chip.Efuse.Blocks.Sum(block => 4 * block.Words);
        return length == blocks || (length == FilledUp && blocks < FilledUp);
    }

    /// <summary>The controller's register space with the blocks of a file; the emulator has no bit errors.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="content">The file; its length must be one of this chip.</param>
    public static byte[] ToRegisterSpace(ChipDefinition chip, byte[] content)
    {
        byte[] memory = new byte[chip.Efuse.RegisterSpace];
        int at = 0;
        foreach (EfuseBlockFacts block in chip.Efuse.Blocks)
        {
            for (int word = 0; word < block.Words; word++, at += 4)
            {
                LittleEndian.WriteUInt32(memory, (int)block.ReadOffset + (4 * word), LittleEndian.ReadUInt32(content, at));
            }
        }

        return memory;
    }
}
