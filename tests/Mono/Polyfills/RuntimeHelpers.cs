namespace System.Runtime.CompilerServices;

/// <summary>What the compiler calls for array initializers and for <c>array[a..b]</c>; .NET Framework has the first alone.</summary>
internal static class RuntimeHelpers
{
    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(array.Length);
        T[] part = new T[length];
        Array.Copy(array, offset, part, 0, length);
        return part;
    }
}
