using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>Names of types and subtypes. Source: ESP-IDF, partition table documentation and esp_partition.h.</summary>
public sealed class PartitionNames
{
    internal const byte App = 0;
    internal const byte Data = 1;
    internal const byte Bootloader = 2;
    internal const byte PartitionTable = 3;

    internal const byte AppFactory = 0;
    internal const byte AppOta0 = 0x10;
    internal const int OtaSlots = 16;

    internal const byte Primary = 0;
    internal const byte Recovery = 2;

    internal const byte DataOta = 0;
    internal const byte DataPhy = 1;
    internal const byte DataNvs = 2;
    internal const byte DataCoreDump = 3;
    internal const byte DataNvsKeys = 4;
    internal const byte DataUndefined = 6;
    internal const byte DataTeeOta = 0x90;

    private static readonly Dictionary<string, byte> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["app"] = App,
        ["data"] = Data,
        ["bootloader"] = Bootloader,
        ["partition_table"] = PartitionTable,
    };

    private static readonly PartitionSubType[] s_subTypes =
    [
        new(App, "factory", AppFactory),
        .. Enumerable.Range(0, OtaSlots).Select(slot => new PartitionSubType(App, $"ota_{slot}", (byte)(AppOta0 + slot))),
        new(App, "test", 0x20),
        new(App, "tee_0", 0x30),
        new(App, "tee_1", 0x31),
        new(Data, "ota", DataOta),
        new(Data, "phy", DataPhy),
        new(Data, "nvs", DataNvs),
        new(Data, "coredump", DataCoreDump),
        new(Data, "nvs_keys", DataNvsKeys),
        new(Data, "efuse", 5),
        new(Data, "undefined", DataUndefined),
        new(Data, "esphttpd", 0x80),
        new(Data, "fat", 0x81),
        new(Data, "spiffs", 0x82),
        new(Data, "littlefs", 0x83),
        new(Data, "tee_ota", DataTeeOta),
        new(Bootloader, "primary", Primary),
        new(Bootloader, "ota", 1),
        new(Bootloader, "recovery", Recovery),
        new(PartitionTable, "primary", Primary),
        new(PartitionTable, "ota", 1),
    ];

    private readonly List<PartitionSubType> _subTypes = [.. s_subTypes];

    /// <summary>The names of ESP-IDF, and a project's own subtypes.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: a name or a number is in use.</exception>
    public PartitionNames(IEnumerable<PartitionSubType>? extra = null)
    {
        foreach (PartitionSubType subType in extra ?? [])
        {
            PartitionSubType? taken = _subTypes.Find(known => known.TypeNumber == subType.TypeNumber
                && (known.Number == subType.Number || string.Equals(known.Name, subType.Name, StringComparison.OrdinalIgnoreCase)));
            if (taken is not null)
            {
                throw new InputException(
                    ErrorCode.ValueInvalid,
                    $"The partition subtype '{subType.Name}' cannot have the number 0x{subType.Number:X2}: there is '{taken.Name}' with 0x{taken.Number:X2}.",
                    "Choose a name and a number that are free.")
                { Target = subType.Name };
            }

            _subTypes.Add(subType);
        }
    }

    /// <summary>The names of ESP-IDF.</summary>
    public static PartitionNames Default { get; } = new();

    /// <summary>Names of all types.</summary>
    public IReadOnlyCollection<string> Types => s_types.Keys;

    /// <summary>All subtypes.</summary>
    public IReadOnlyList<PartitionSubType> SubTypes => _subTypes;

    /// <summary>Name of a type; null when it has none.</summary>
    public string? TypeName(byte type) => s_types.Where(pair => pair.Value == type).Select(pair => pair.Key).FirstOrDefault();

    /// <summary>Name of a subtype; null when it has none.</summary>
    public string? SubTypeName(byte type, byte subType) =>
        _subTypes.Find(known => known.TypeNumber == type && known.Number == subType)?.Name;

    /// <summary>Number of a type; null when the name is unknown.</summary>
    public byte? TypeNumber(string name) => s_types.TryGetValue(name, out byte number) ? number : null;

    /// <summary>Number of a subtype; null when the name is unknown.</summary>
    public byte? SubTypeNumber(byte type, string name) =>
        _subTypes.Find(known => known.TypeNumber == type && string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))?.Number;

    /// <summary>Number of a type given by name or number.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: neither.</exception>
    public byte ParseType(string text) => TypeNumber(text) ?? ParseNumber(text) ?? throw Unknown("type", text, Types);

    /// <summary>
    /// Number of a subtype given by name or number; null for the name of a subtype of another type.
    /// </summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: neither.</exception>
    public byte? ParseSubType(byte type, string text)
    {
        byte? number = SubTypeNumber(type, text) ?? ParseNumber(text);
        bool isKnown = number is not null || _subTypes.Exists(known => string.Equals(known.Name, text, StringComparison.OrdinalIgnoreCase));
        return isKnown ? number : throw Unknown("subtype", text, _subTypes.Select(known => known.Name).Distinct());
    }

    private static byte? ParseNumber(string text) =>
        PartitionNumber.TryParse(text, out long number) && number is >= byte.MinValue and <= byte.MaxValue ? (byte)number : null;

    private static Esp32Exception Unknown(string what, string text, IEnumerable<string> known) => new(
        ErrorCode.ValueInvalid,
        $"There is no partition {what} '{text}'.",
        $"Give a number from 0 to 255, or one of {string.Join(", ", known)}.")
    { Target = text };
}
