using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Fields;

/// <summary>
/// The file in which espefuse keeps the eFuses of its virtual chips: the controller's register space, all bytes in
/// reverse order, so that the byte at offset a is byte size - 1 - a of the file. The file of the QEMU emulator is read as well
/// (<see cref="EmulatorEfuseFile"/>).
/// </summary>
public static class EfuseDump
{
    /// <summary>Reads a dump.</summary>
    /// <param name="chip">The chip of the dump.</param>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="revision">
    /// Silicon revision, major * 100 + minor; null to take it from the eFuses, which do not hold all of it on an ESP32.
    /// </param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.ValueInvalid"/>: the length is not that of this chip's dumps.</exception>
    public static EfuseSnapshot Read(ChipDefinition chip, byte[] content, int? revision = null)
    {
        if (chip is null)
        {
            throw new ArgumentNullException(nameof(chip));
        }

        byte[] memory =
            content?.Length == chip.Efuse.RegisterSpace ? [.. Enumerable.Reverse(content)]
            : content is not null && EmulatorEfuseFile.HasLengthOf(chip, content.Length) ? EmulatorEfuseFile.ToRegisterSpace(chip, content)
            : throw new EfuseException(
                ErrorCode.ValueInvalid,
                $"An eFuse dump of the {chip.Name} has {chip.Efuse.RegisterSpace} bytes, not {content?.Length ?? 0}.",
                "Check that the file is an eFuse dump, and of this chip.");
        Dictionary<uint, uint> registers = [];
        foreach (uint address in EfuseErrors.Registers(chip))
        {
            registers[address] = LittleEndian.ReadUInt32(memory, (int)(address - chip.Efuse.Base));
        }

        uint[][] words = [.. chip.Efuse.Blocks.Select(block =>
            Enumerable.Range(0, block.Words).Select(word => LittleEndian.ReadUInt32(memory, (int)block.ReadOffset + (4 * word))).ToArray())];
        return new EfuseSnapshot(chip, words, registers, revision);
    }

    /// <summary>Makes a dump. Hidden blocks are zero in it.</summary>
    public static byte[] Write(EfuseSnapshot snapshot)
    {
        if (snapshot is null)
        {
            throw new ArgumentNullException(nameof(snapshot));
        }

        EfuseFacts efuse = snapshot.Chip.Efuse;
        byte[] memory = new byte[efuse.RegisterSpace];
        foreach (EfuseBlockFacts block in efuse.Blocks)
        {
            for (int word = 0; word < block.Words; word++)
            {
                LittleEndian.WriteUInt32(memory, (int)block.ReadOffset + (4 * word), snapshot.GetWords(block.Index)[word]);
            }
        }

        foreach (uint address in EfuseErrors.Registers(snapshot.Chip))
        {
            LittleEndian.WriteUInt32(memory, (int)(address - efuse.Base), snapshot.ReadRegister(address));
        }

        Array.Reverse(memory);
        return memory;
    }
}
