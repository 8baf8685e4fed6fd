using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Converts objects to rows of a partition table: the output of Get-Esp32Partition, hashtables, and objects with the properties Name,
/// Type, SubType, Offset, Size, and Flags or Encrypted and ReadOnly, such as rows of Import-Csv.
/// </summary>
internal static class PartitionRowArgument
{
    /// <summary>Makes a row.</summary>
    /// <param name="item">The object.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: it has no name and no type.</exception>
    public static PartitionRow From(object item, int number)
    {
        string place = $"row {number}";
        return Arguments.BaseOf(item) switch
        {
            Esp32Partition partition => new PartitionRow { Place = place, Partition = partition.ToPartition() },
            IDictionary table => From(name => table[name], place),
            _ => From(name => PSObject.AsPSObject(item).Properties[name]?.Value, place),
        };
    }

    private static PartitionRow From(Func<string, object?> get, string place)
    {
        if (get("Name") is null || get("Type") is null)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid,
                $"What came as {place} has no Name or no Type, and is no partition.",
                "Give objects or hashtables with Name, Type, SubType, Offset, Size and Flags, lines of CSV, or bytes.");
        }

        return new PartitionRow
        {
            Place = place,
            Name = Text(get("Name")),
            Type = Number(get("Type")),
            SubType = Number(get("SubType")),
            Offset = Number(get("Offset")),
            Size = Number(get("Size"), mayBeNegative: true),
            Flags = string.Join(":", Flags(get)),
        };
    }

    private static IEnumerable<string> Flags(Func<string, object?> get)
    {
        foreach (string flag in Arguments.Items(get("Flags")).Select(Text))
        {
            yield return flag;
        }

        foreach (string name in new[] { "Encrypted", "ReadOnly" }.Where(name => Arguments.IsTrue(get(name))))
        {
            yield return name.ToLowerInvariant();
        }
    }

    // A negative size is the end address. An offset is never negative, and PowerShell's 0x80000000 means the number as
    // written.
    private static string Number(object? value, bool mayBeNegative = false)
    {
        object? plain = Arguments.BaseOf(value);
        if (mayBeNegative && plain is int or long && Convert.ToInt64(plain, CultureInfo.InvariantCulture) < 0)
        {
            return Text(plain);
        }

        return NumberText.TryConvert(plain, out uint number) ? Text(number) : Text(plain);
    }

    private static string Text(object? value) => (Convert.ToString(Arguments.BaseOf(value), CultureInfo.InvariantCulture) ?? string.Empty).Trim();
}
