namespace Esp32Tools.Chips.Tables;

/// <summary>Fields that count their ones: each burn adds one, and the feature is on while the number is odd.</summary>
public static class EfuseOnes
{
    /// <summary>Number of set bits.</summary>
    public static int Count(ulong bits)
    {
        int ones = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            ones++;
        }

        return ones;
    }

    /// <summary>True when an odd number of bits is set.</summary>
    public static bool IsOdd(ulong bits) => Count(bits) % 2 == 1;
}
