using System.Runtime.Serialization;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator.State;

/// <summary>board.json of a saved board: the chip and flash that its other files belong to.</summary>
[DataContract]
internal sealed class SavedBoard
{
    public const int CurrentVersion = 1;

    [DataMember(Name = "version", Order = 0, IsRequired = true)]
    public int Version { get; set; } = CurrentVersion;

    [DataMember(Name = "chip", Order = 1, IsRequired = true)]
    public string Chip { get; set; } = string.Empty;

    [DataMember(Name = "name", Order = 2)]
    public string Name { get; set; } = string.Empty;

    /// <summary>major * 100 + minor: the part of the revision that is not a fuse must be restored.</summary>
    [DataMember(Name = "revision", Order = 3, IsRequired = true)]
    public int Revision { get; set; }

    [DataMember(Name = "flashSize", Order = 4, IsRequired = true)]
    public long FlashSize { get; set; }

    [DataMember(Name = "flashManufacturer", Order = 5)]
    public byte FlashManufacturer { get; set; }

    [DataMember(Name = "flashMemoryType", Order = 6)]
    public byte FlashMemoryType { get; set; }

    /// <summary>The non-volatile status registers; null in a file of a version before they were saved.</summary>
    [DataMember(Name = "flashStatus", Order = 7)]
    public byte[]? FlashStatus { get; set; }

    /// <summary>Third byte of the identification where it is not that of the size.</summary>
    [DataMember(Name = "flashCapacityCode", Order = 8, EmitDefaultValue = false)]
    public byte? FlashCapacityCode { get; set; }

    public static SavedBoard Of(ChipMachine machine, string name) => new()
    {
        Chip = machine.Facts.Key,
        Name = name,
        Revision = new ChipSecurity(machine).Revision,
        FlashSize = machine.Flash.Size,
        FlashManufacturer = machine.Flash.Part.Manufacturer,
        FlashMemoryType = machine.Flash.Part.MemoryType,
        FlashStatus = machine.Flash.Status.Stored,
        FlashCapacityCode = machine.Flash.Part.OtherCapacityCode,
    };
}
