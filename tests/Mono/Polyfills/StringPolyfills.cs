using System;

namespace Mono.Polyfills;

internal static class StringPolyfills
{
    public static string Replace(this string text, string old, string other, StringComparison comparison) =>
        comparison == StringComparison.Ordinal ? text.Replace(old, other) : throw new NotSupportedException($"{comparison}");
}
