using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Link.Transport;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Protection.FlashEncryption;
using Esp32Tools.Protection.SecureBoot;
using Esp32Tools.Simulator;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>
/// The lists of words that parameters offer, as in <c>[ArgumentCompleter(typeof(Words.Chips))]</c>. A list that depends on a chip
/// is that of the chip on the command line, or else of all chips. Completion asks no device.
/// </summary>
internal static class Words
{
    /// <summary>The chips.</summary>
    internal sealed class Chips() : WordCompleter(_ => ChipCatalog.All.Select(chip => new CompletionWord(chip.Key, chip.Name)));

    /// <summary>The ports that exist, by their names and then by the names of their sockets.</summary>
    internal sealed class Ports() : WordCompleter(_ => PortWords(TransportCatalog.ListPorts()));

    /// <summary>The virtual chips.</summary>
    internal sealed class Simulators() : WordCompleter(_ => SimulatorCatalog.List().Select(board => new CompletionWord(board.Name, $"Virtual {board.Chip}")));

    /// <summary>Baud rates that bridges and chips commonly support; any other may be typed.</summary>
    internal sealed class BaudRates() : WordCompleter(_ => Plain("115200", "230400", "460800", "921600", "1500000", "2000000"));

    /// <summary>Flash modes of an image header, or none in particular.</summary>
    internal sealed class FlashModes() : WordCompleter(bound => Plain(FlashSettings.Keep).Concat(Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashModes.Keys))));

    /// <summary>Flash frequencies of an image header, or none in particular.</summary>
    internal sealed class FlashFrequencies() : WordCompleter(bound => Plain(FlashSettings.Keep).Concat(Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashFrequencies.Keys))));

    /// <summary>Flash sizes of an image header, none in particular, or that of the flash memory.</summary>
    internal sealed class FlashSizes() : WordCompleter(bound => Plain(FlashSettings.Keep, FlashSettings.Detect).Concat(Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashSizes.Keys))));

    /// <summary>Flash modes of a new header, without Keep.</summary>
    internal sealed class HeaderFlashModes() : WordCompleter(bound => Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashModes.Keys)));

    /// <summary>Flash frequencies of a new header, without Keep.</summary>
    internal sealed class HeaderFlashFrequencies() : WordCompleter(bound => Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashFrequencies.Keys)));

    /// <summary>Sizes of flash memories.</summary>
    internal sealed class FlashCapacities() : WordCompleter(bound => Of(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashSizes.Keys)));

    /// <summary>Lengths of flash encryption keys, in bytes.</summary>
    internal sealed class FlashKeyLengths() : WordCompleter(bound => Of(BoundChip.From(bound).SelectMany(chip => chip.Security.FlashKeyLengths).OrderBy(length => length)));

    /// <summary>Fields of the table on the command line, and those of the chip.</summary>
    internal sealed class EfuseNames() : WordCompleter(EfuseWords.Names);

    /// <summary>The eFuse blocks after block 0.</summary>
    internal sealed class EfuseBlocks() : WordCompleter(bound => Of(BoundChip.From(bound).SelectMany(chip => chip.Efuse.Blocks.Where(block => block.Index > 0).Select(block => block.Name))));

    /// <summary>Purposes of keys, with the chips that have them.</summary>
    internal sealed class KeyPurposes() : WordCompleter(EfuseWords.KeyPurposes);

    /// <summary>Voltages that the eFuses can choose for the flash.</summary>
    internal sealed class EfuseVoltages() : WordCompleter(_ =>
    [
        new("3.3V", "the regulator gives 3.3 V"),
        new("1.8V", "the regulator gives 1.8 V"),
        new("Off", "the regulator is off: the flash is supplied from outside"),
    ]);

    /// <summary>Names that partitions usually have.</summary>
    internal sealed class PartitionNames() : WordCompleter(_ => Plain(
        "nvs", "nvs_key", "otadata", "phy_init", "factory", "ota_0", "ota_1", "coredump", "storage", "spiffs", "littlefs", "fatfs"));

    /// <summary>Types of partitions.</summary>
    internal sealed class PartitionTypes() : WordCompleter(_ => Of(Formats.Partitions.PartitionNames.Default.Types));

    /// <summary>Subtypes of the types on the command line, or else of all.</summary>
    internal sealed class PartitionSubTypes() : WordCompleter(bound => SubTypeWords(
        [.. Arguments.Items(bound["Type"]).Select(type => Formats.Partitions.PartitionNames.Default.TypeNumber($"{type}")).OfType<byte>()]));

    /// <summary>Subtypes of OTA slots, as many as usual tables have.</summary>
    internal sealed class OtaSlots() : WordCompleter(_ => Plain("ota_0", "ota_1", "ota_2", "ota_3"));

    private static IEnumerable<CompletionWord> Plain(params string[] words) => words.Select(word => new CompletionWord(word));

    // Each once, in their order.
    private static IEnumerable<CompletionWord> Of<T>(IEnumerable<T> values) => Plain([.. values.Select(value => $"{value}").Distinct()]);

    private static IEnumerable<CompletionWord> PortWords(IReadOnlyList<Esp32Port> ports) => ports
        .Select(port => new CompletionWord(port.PortName, port.Description))
        .Concat(ports
            .Where(port => port.SocketName.Length > 0)
            .Select(port => new CompletionWord(port.SocketName, $"{port.Description} ({port.PortName})")));

    private static IEnumerable<CompletionWord> SubTypeWords(byte[] types)
    {
        Formats.Partitions.PartitionNames names = Formats.Partitions.PartitionNames.Default;
        return names.SubTypes
            .Where(subType => types.Length == 0 || types.Contains(subType.TypeNumber))
            .GroupBy(subType => subType.Name, System.StringComparer.Ordinal)
            .Select(same => new CompletionWord(same.Key, string.Join(", ", same.Select(subType => $"{names.TypeName(subType.TypeNumber)} 0x{subType.Number:X2}"))));
    }
}
