using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Lines;
using Esp32Tools.Simulator.Loader;
using Esp32Tools.Simulator.State;

namespace Esp32Tools.Simulator;

/// <summary>Sets up a new board from its options: fuses from the factory or a file, flash, words left behind.</summary>
internal static class BoardSetup
{
    /// <summary>The chip of a new board with its flash and eFuses, fresh or from a saved board, before its first reset.</summary>
    /// <param name="options">The board's options.</param>
    /// <param name="chip">Its chip.</param>
    /// <param name="circuit">The circuit between the modem lines and the chip.</param>
    /// <param name="folder">The folder of its saved state; null for none.</param>
    public static ChipMachine Make(SimulatorOptions options, ChipDefinition chip, ResetCircuit circuit, BoardFolder? folder)
    {
        BoardRules.Check(options, chip);
        SavedBoard? saved = folder?.Read();
        if (saved is not null && saved.Chip != chip.Key)
        {
            throw Unfit(options.StatePath!, $"was saved from a {saved.Chip}, this is a {chip.Key}");
        }

        int revision = saved?.Revision ?? options.Revision ?? chip.Factory.Revision;
        var efuse = EfuseController.Create(chip, new FuseMap(chip, Math.Max(revision, 0)));
        var fuses = new FactoryFuses(chip, efuse.Map);
        if (!fuses.CanHold(revision))
        {
            throw saved is null ? BoardRules.NoRevision(chip, revision) : Unfit(options.StatePath!, $"is of revision {saved.Revision}, which no {chip.Name} has");
        }

        BurnFuses(fuses, efuse, chip, options, revision);
        var machine = new ChipMachine(chip, options, new NorFlash(PartFor(options, chip, saved, efuse)), efuse, circuit);
        Apply(machine, fuses.OtherBits);
        if (saved is not null)
        {
            folder!.LoadFlash(machine.Flash.Cells, machine.Flash.Size);
            machine.Flash.Status.Write(0, saved.FlashStatus ?? [], forGood: true);
            efuse.Load(folder.LoadEfuse(efuse.SavedLength));
        }

        // A file may have brought another revision.
        efuse.Map = new FuseMap(chip, new ChipSecurity(machine).Revision);
        return machine;
    }

    /// <summary>The PSRAM that eFuse says is in the chip's package; null for none.</summary>
    public static EmbeddedMemory? PsramOf(ChipMachine machine) =>
        machine.Facts.Identity.Psram?.Read(new EfuseView(machine.Facts, new ChipSecurity(machine).Revision, machine.Efuse.Read));

    private static void BurnFuses(FactoryFuses fuses, EfuseController efuse, ChipDefinition chip, SimulatorOptions options, int revision)
    {
        fuses.Set(MacOf(options, chip), revision);
        if (options.Psram is long psram)
        {
            fuses.Set(chip.Identity.Psram!.Capacity, BoardRules.PsramCode(chip, psram));
        }

        fuses.Burn(efuse);
        if (options.EfusePath is { } path)
        {
            byte[] file = InputFile.Read(path);
            efuse.LoadVirtualFile(file.Length == chip.Efuse.RegisterSpace ? file : FromEmulator(path, file, chip));
        }
    }

    private static byte[] FromEmulator(string path, byte[] file, ChipDefinition chip) => EmulatorEfuseFile.HasLengthOf(chip, file.Length)
        ? [.. EmulatorEfuseFile.ToRegisterSpace(chip, file).Reverse()]
        : throw Unfit(path, $"has {file.Length} bytes, the registers of this controller are {chip.Efuse.RegisterSpace}");

    /// <summary>The flash part of a new board: the one asked for, the one in the chip's package, or the default one.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/>: the saved board is another one.</exception>
    private static FlashPart PartFor(SimulatorOptions options, ChipDefinition chip, SavedBoard? saved, EfuseController efuse)
    {
        FlashPart part = options.Flash ?? PackagedFlash.Of(chip, efuse) ?? new FlashPart();
        part = options.FlashId is uint id
            ? part with { Manufacturer = (byte)(id >> 16), MemoryType = (byte)(id >> 8), OtherCapacityCode = (byte)id }
            : part;
        if (saved is null)
        {
            _ = part.CapacityCode;
            return part;
        }

        if (options.Flash is not null && options.Flash.Size != saved.FlashSize)
        {
            throw Unfit(options.StatePath!, $"was saved with a flash of {saved.FlashSize} bytes, this one has {part.Size}");
        }

        FlashPart then = part with
        {
            Size = saved.FlashSize,
            Manufacturer = saved.FlashManufacturer,
            MemoryType = saved.FlashMemoryType,
            OtherCapacityCode = saved.FlashCapacityCode,
        };
        if (!FlashPart.HasCode(then.Size))
        {
            throw Unfit(options.StatePath!, $"was saved with a flash of {then.Size} bytes, which no part has");
        }

        return options.FlashId is null || options.FlashId == then.Id
            ? then
            : throw Unfit(options.StatePath!, FormattableString.Invariant($"was saved with a flash of id 0x{then.Id:X6}, this one has 0x{options.FlashId:X6}"));
    }

    /// <summary>Sets up the rest of the board.</summary>
    /// <param name="machine">The chip, with its fuses.</param>
    /// <param name="revisionBits">Bits of other words that belong to the revision, by address.</param>
    private static void Apply(ChipMachine machine, IReadOnlyDictionary<uint, uint> revisionBits)
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
