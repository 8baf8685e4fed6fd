using System;
using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>
/// What a virtual chip needs to know beyond <see cref="ChipDefinition"/>, as data. A chip is one file that makes one of
/// these and one line in <see cref="ProfileCatalog"/>.
/// </summary>
internal sealed class ChipProfile
{
    /// <summary>The facts shared with the host side.</summary>
    public required ChipDefinition Chip { get; init; }

    /// <summary>Register space, where words are kept that no device owns.</summary>
    public required IReadOnlyList<MemoryRegion> Peripherals { get; init; }

    /// <summary>Where the UART of the loader appears; the chip's buses show it at more than one place.</summary>
    public required IReadOnlyList<uint> UartBases { get; init; }

    /// <summary>Words that are there from the start.</summary>
    public IReadOnlyDictionary<uint, uint> Presets { get; init; } = new Dictionary<uint, uint>();

    /// <summary>Register the strapping pins can be read from; null where no loader looks.</summary>
    public uint? StrapRegister { get; init; }

    /// <summary>Register with the calibration of the 8 MHz oscillator, where the ROM goes by it; null elsewhere.</summary>
    public uint? OscillatorRegister { get; init; }

    /// <summary>The boot log.</summary>
    public required BootText Boot { get; init; }

    /// <summary>How block 0 protects.</summary>
    public required FuseLayout Fuses { get; init; }

    /// <summary>First three octets of the factory MAC.</summary>
    public required uint MacPrefix { get; init; }

    /// <summary>Revision of a fresh chip, major * 100 + minor.</summary>
    public required int DefaultRevision { get; init; }

    /// <summary>What the factory burns beside MAC and revision.</summary>
    public required Action<FactoryFuses> Factory { get; init; }

    /// <summary>Data of GET_SECURITY_INFO; null where the ROM does not know the command.</summary>
    public Func<EfuseController, byte[]>? SecurityInfo { get; init; }

    /// <summary>Bit of block 0 (word, bit) that leaves the loader only the commands of secure download mode; null where there is none.</summary>
    public (int Word, int Bit)? SecureDownload { get; init; }

    /// <summary>Bit of block 0 (word, bit) that closes the loader altogether.</summary>
    public required (int Word, int Bit) DownloadDisabled { get; init; }

    /// <summary>Lowest revision on which <see cref="DownloadDisabled"/> counts.</summary>
    public int DownloadDisabledMinRevision { get; init; }

    /// <summary>The controller with its fuses blank.</summary>
    public EfuseController CreateEfuse() => Chip.Efuse.Generation == EfuseGeneration.Esp32
        ? new Esp32EfuseController(Chip, Fuses)
        : new ReedSolomonEfuseController(Chip, Fuses);
}
