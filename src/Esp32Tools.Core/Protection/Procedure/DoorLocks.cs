using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// The eFuses that close the ways around the ROM's own start: debugging, and starting from elsewhere. Flash encryption and
/// secure boot both have them closed (ESP-IDF, "Security Features Enablement Workflows"); each chip has some of them.
/// </summary>
internal static class DoorLocks
{
    /// <summary>The fields, of any chip.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "JTAG_DISABLE", "CONSOLE_DEBUG_DISABLE", "HARD_DIS_JTAG", "DIS_PAD_JTAG", "DIS_USB_JTAG",
        "DIS_BOOT_REMAP", "DIS_LEGACY_SPI_BOOT", "DIS_DIRECT_BOOT",
    ];

    /// <summary>What is to be burned to set fields.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="fields">Names of fields; those that the chip lacks are left out.</param>
    /// <param name="missed">Told what can no longer be closed, and what that means.</param>
    public static IEnumerable<EfuseRequest> Requests(EfuseSnapshot snapshot, IEnumerable<string> fields, ICollection<string> missed)
    {
        foreach (EfuseField field in fields.Select(snapshot.Table.Find).OfType<EfuseField>().Distinct())
        {
            // Where another field of the pair did it already, both together would lock the chip out.
            if (field.NotWith is { } other && snapshot.GetNumber(other) != 0)
            {
                continue;
            }

            // A counter that opens the door again with the next bit is filled up.
            ulong whole = (1UL << field.BitLength) - 1;
            if (snapshot.GetNumber(field) != whole && !snapshot.IsWritable(field))
            {
                missed.Add($"{field.Name} is open and write protected: it stays so for good.");
                continue;
            }

            yield return new EfuseValueRequest { Field = field.Name, Value = whole };
        }
    }
}
