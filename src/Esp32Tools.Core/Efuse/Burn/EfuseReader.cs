using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Efuse.Burn;

/// <summary>Reads all eFuses of a device.</summary>
public static class EfuseReader
{
    /// <summary>Reads all eFuses of a session.</summary>
    /// <param name="device">The session.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static EfuseSnapshot Read(Esp32Device device, CancellationToken cancellationToken)
    {
        if (device is null)
        {
            throw new ArgumentNullException(nameof(device));
        }

        device.RequireRegisters("its eFuses");
        return Read(device.GetLoader(), device.GetChip(), cancellationToken);
    }

    /// <summary>Reads every block, the error registers and the registers with the silicon revision.</summary>
    /// <param name="registers">The device.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static EfuseSnapshot Read(IRegisterAccess registers, ChipDefinition chip, CancellationToken cancellationToken)
    {
        if (registers is null)
        {
            throw new ArgumentNullException(nameof(registers));
        }

        if (chip is null)
        {
            throw new ArgumentNullException(nameof(chip));
        }

        List<uint[]> words = [.. chip.Efuse.Blocks.Select(block => ReadBlock(registers, chip, block, cancellationToken))];
        Dictionary<uint, uint> others = [];
        foreach (uint address in OtherRegisters(chip))
        {
            others[address] = registers.ReadRegister(address, cancellationToken);
        }

        return new EfuseSnapshot(chip, words, others);
    }

    /// <summary>Reads the words of one block.</summary>
    internal static uint[] ReadBlock(IRegisterAccess registers, ChipDefinition chip, EfuseBlockFacts block, CancellationToken cancellationToken)
    {
        uint[] words = new uint[block.Words];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = registers.ReadRegister(chip.Efuse.Base + block.ReadOffset + (4 * (uint)i), cancellationToken);
        }

        return words;
    }

    // Registers outside the blocks: error counts, and on the ESP32 the register with the last bit of the revision.
    private static IEnumerable<uint> OtherRegisters(ChipDefinition chip) =>
        EfuseErrors.Registers(chip)
            .Concat(chip.Identity.MajorRevisionHigh?.Parts.Select(part => part.Register) ?? [])
            .Distinct();
}
