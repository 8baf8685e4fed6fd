using System;
using System.Collections.Generic;
using System.Text;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>Calls that only a later .NET can answer, each beside one that .NET Framework can; compiled to be looked at, never run.</summary>
internal static class NewerCalls
{
    public static bool Overload(string text) => text.Contains("a") && text.Contains('a');

    public static bool MethodOfGenericType(Dictionary<string, int> table)
    {
        table.Add("a", 1);
        return table.TryAdd("a", 1);
    }

    public static int GenericMethod(int[] numbers)
    {
        Array.Fill(numbers, 1);
        return Array.IndexOf(numbers, 1);
    }

    public static DateTime[] Fields() => [DateTime.UnixEpoch, DateTime.MaxValue];

    public static object[] Types() => [new Rune('a'), new StringBuilder()];

    public static int ArrayOfTwoDimensions(int[,] numbers) => numbers[0, 0];
}
