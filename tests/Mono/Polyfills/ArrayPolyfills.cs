using System;
using System.Collections.Generic;

namespace Mono.Polyfills;

internal static class ArrayPolyfills
{
    extension(Array)
    {
        public static void Fill<T>(T[] array, T value, int start, int count) => array.AsSpan(start, count).Fill(value);

        public static void Clear(Array array) => Array.Clear(array, 0, array.Length);
    }

    /// <summary>What the compiler calls for <c>list[a..b]</c>.</summary>
    public static List<T> Slice<T>(this List<T> list, int start, int length) => list.GetRange(start, length);
}
