using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// The eFuses that close the ways around the ROM's own start: debugging, and starting from elsewhere. Flash encryption and
/// secure boot both have them closed (ESP-IDF, "Security Features Enablement Workflows"); each chip has some of them.
/// </summary>
internal static class DoorLocks
{
    /// <summary>What the eFuses of any chip close.</summary>
    public static IReadOnlyList<EfuseRole> Roles { get; } =
    [
        EfuseRole.PadJtagDisable, EfuseRole.ConsoleDebugDisable, EfuseRole.UsbJtagDisable,
        EfuseRole.BootRemapDisable, EfuseRole.LegacySpiBootDisable, EfuseRole.DirectBootDisable,
    ];

    /// <summary>What is to be burned to set fields.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="roles">What the fields do; those that the chip lacks are left out.</param>
    /// <param name="missed">Told what can no longer be closed, and what that means.</param>
    public static IEnumerable<EfuseRequest> Requests(EfuseSnapshot snapshot, IEnumerable<EfuseRole> roles, ICollection<string> missed)
    {
        foreach (EfuseField field in roles.Select(snapshot.Table.Find).OfType<EfuseField>())
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
