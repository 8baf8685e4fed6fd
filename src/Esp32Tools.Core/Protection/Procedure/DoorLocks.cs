using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// The eFuses that close the ways around the ROM's own start: debugging and other boot sources. Flash encryption and secure
/// boot both close them (ESP-IDF, "Security Features Enablement Workflows"); each chip has some of them.
/// </summary>
internal static class DoorLocks
{
    /// <summary>Roles of the fields to set, over all chips.</summary>
    public static IReadOnlyList<EfuseRole> Roles { get; } =
    [
        EfuseRole.PadJtagDisable, EfuseRole.ConsoleDebugDisable, EfuseRole.UsbJtagDisable,
        EfuseRole.BootRemapDisable, EfuseRole.LegacySpiBootDisable, EfuseRole.DirectBootDisable,
    ];

    /// <summary>The requests that set fields.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="roles">Roles of the fields; fields that the chip lacks are skipped.</param>
    /// <param name="missed">Receives a warning for each lock that is no longer possible.</param>
    public static IEnumerable<EfuseRequest> Requests(EfuseSnapshot snapshot, IEnumerable<EfuseRole> roles, ICollection<string> missed)
    {
        foreach (EfuseField field in roles.Select(snapshot.Table.Find).OfType<EfuseField>())
        {
            // If the other field of the pair is already set, setting both would lock the chip out.
            if (field.NotWith is { } other && snapshot.GetNumber(other) != 0)
            {
                continue;
            }

            // A counter that opens the door again with the next bit is filled up.
            ulong whole = (1UL << field.BitLength) - 1;
            if (snapshot.GetNumber(field) != whole && !snapshot.IsWritable(field))
            {
                missed.Add($"{field.Name} is open and write-protected: it stays so for good.");
                continue;
            }

            yield return new EfuseValueRequest { Field = field.Name, Value = whole };
        }
    }
}
