using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Protection.State;

/// <summary>Reads fields that not every chip has from a snapshot: a missing field counts as not set.</summary>
internal sealed class FuseReadings(EfuseSnapshot snapshot)
{
    public EfuseSnapshot Snapshot => snapshot;

    public bool Has(EfuseRole role) => snapshot.Table.Find(role) is not null;

    public bool IsSet(EfuseRole role) => Number(role) != 0;

    public ulong Number(EfuseRole role) => snapshot.GetNumber(role);

    public bool IsLocked(EfuseRole role) => snapshot.Table.Find(role) is { } found && !snapshot.IsWritable(found);

    public int Length(EfuseRole role) => snapshot.Table.Find(role) is { } found ? snapshot.GetBitLength(found) : 0;
}
