using System;
using System.Linq;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Protection.State;

/// <summary>Asks a snapshot for fields that not every chip has: what is not there is not set.</summary>
internal sealed class FuseReadings(EfuseSnapshot snapshot)
{
    public EfuseSnapshot Snapshot => snapshot;

    public bool Has(string field) => snapshot.Table.Find(field) is not null;

    public bool IsSet(string field) => Number(field) != 0;

    public bool AnySet(params string[] fields) => fields.Any(IsSet);

    public ulong Number(string field) => snapshot.Table.Find(field) is { } found ? snapshot.GetNumber(found) : 0;

    public bool IsLocked(string field) => snapshot.Table.Find(field) is { } found && !snapshot.IsWritable(found);

    public int Length(string field) => snapshot.Table.Find(field) is { } found ? snapshot.GetBitLength(found) : 0;

    public static int Ones(ulong number)
    {
        int ones = 0;
        for (; number != 0; number &= number - 1)
        {
            ones++;
        }

        return ones;
    }

    /// <summary>The first of several names that this chip has.</summary>
    public string First(params string[] names) => names.FirstOrDefault(Has) ?? names[0];
}
