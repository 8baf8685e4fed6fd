using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Loader;
using Esp32Tools.Simulator.State;

namespace Esp32Tools.Simulator;

/// <summary>Sets up a new board from its options: fuses from the factory or a file, flash, words left behind.</summary>
internal static class BoardSetup
{
    /// <summary>The fuses of a new board.</summary>
    /// <param name="efuse">Its controller, blank.</param>
    /// <param name="chip">Its chip.</param>
    /// <param name="options">The board's options.</param>
    /// <param name="revision">Its silicon, major * 100 + minor.</param>
    /// <returns>Bits of other words that belong to the revision, by address.</returns>
    public static IReadOnlyDictionary<uint, uint> BurnFuses(EfuseController efuse, ChipDefinition chip, SimulatorOptions options, int revision)
    {
        var fuses = new FactoryFuses(chip, efuse.Map);
        fuses.Set(MacOf(options, chip), revision);
        fuses.Burn(efuse);
        if (options.EfusePath is { } path)
        {
            byte[] file = InputFile.Read(path);
            efuse.LoadVirtualFile(file.Length == chip.Efuse.RegisterSpace ? file : FromEmulator(path, file, chip));
        }

        return fuses.OtherBits;
    }

    private static byte[] FromEmulator(string path, byte[] file, ChipDefinition chip) => EmulatorEfuseFile.HasLengthOf(chip, file.Length)
        ? [.. EmulatorEfuseFile.ToRegisterSpace(chip, file).Reverse()]
        : throw Unfit(path, $"has {file.Length} bytes, the registers of this controller are {chip.Efuse.RegisterSpace}");

    /// <summary>The flash part of a new board: the one asked for, the one in the chip's package, or the default one.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/>: the saved board is another one.</exception>
    public static FlashPart PartFor(SimulatorOptions options, ChipDefinition chip, SavedBoard? saved, EfuseController efuse)
    {
        FlashPart part = options.Flash ?? PackagedFlash.Of(chip, efuse) ?? new FlashPart();
        if (saved is null)
        {
            _ = part.CapacityCode;
            return part;
        }

        if (saved.Chip != chip.Key)
        {
            throw Unfit(options.StatePath!, $"was saved from a {saved.Chip}, this is a {chip.Key}");
        }

        if (options.Flash is not null && options.Flash.Size != saved.FlashSize)
        {
            throw Unfit(options.StatePath!, $"was saved with a flash of {saved.FlashSize} bytes, this one has {part.Size}");
        }

        return part with { Size = saved.FlashSize, Manufacturer = saved.FlashManufacturer, MemoryType = saved.FlashMemoryType };
    }

    /// <summary>Sets up the rest of the board.</summary>
    /// <param name="machine">The chip, with its fuses.</param>
    /// <param name="revisionBits">The result of <see cref="BurnFuses"/>.</param>
    public static void Apply(ChipMachine machine, IReadOnlyDictionary<uint, uint> revisionBits)
    {
        if (machine.Facts.MagicValue is uint magic)
        {
            machine.Bus.Write(ChipDefinition.MagicRegister, magic);
        }

        foreach (KeyValuePair<uint, uint> word in machine.Facts.FixedWords)
        {
            machine.Bus.Write(word.Key, word.Value);
        }

        foreach (KeyValuePair<uint, uint> bits in revisionBits)
        {
            machine.Bus.Write(bits.Key, machine.Bus.Read(bits.Key) | bits.Value);
        }

        if (machine.Options.FlashPath is { } flashPath)
        {
            byte[] image = InputFile.Read(flashPath);
            if (image.Length > machine.Flash.Size)
            {
                throw Unfit(flashPath, $"has {image.Length} bytes, the flash {machine.Flash.Size}");
            }

            machine.Flash.Cells.Write(0, image, 0, image.Length);
        }

        foreach (KeyValuePair<uint, uint> word in machine.Options.InitialRegisters)
        {
            machine.Bus.Write(word.Key, word.Value);
        }
    }

    private static byte[] MacOf(SimulatorOptions options, ChipDefinition chip)
    {
        if (options.Mac is { } mac)
        {
            return mac.Count == 6 ? [.. mac] : throw new Esp32Exception(
                ErrorCode.ValueInvalid,
                $"A MAC address has six octets, this one {mac.Count}.",
                "Give six octets.");
        }

        // FNV-1a of the name: a board keeps its address, and another board gets another one.
        uint hash = 2166136261;
        foreach (char letter in (options.Name ?? chip.Key).ToLowerInvariant())
        {
            hash = (hash ^ letter) * 16777619;
        }

        uint prefix = chip.Factory.MacPrefix;
        return [(byte)(prefix >> 16), (byte)(prefix >> 8), (byte)prefix, (byte)(hash >> 16), (byte)(hash >> 8), (byte)hash];
    }

    private static Esp32Exception Unfit(string path, string why) => new(
        ErrorCode.SimulatorStateInvalid,
        $"'{path}' does not fit this board: it {why}.",
        "Take a file that was made for this chip and flash size.")
    { Target = path };
}
