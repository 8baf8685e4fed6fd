namespace Esp32Tools.Simulator.Loader;

/// <summary>The tables of RFC 1951, sections 3.2.5 to 3.2.7.</summary>
internal static class DeflateTables
{
    public static int[] LengthBase { get; } =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    public static int[] LengthExtra { get; } =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static int[] DistanceBase { get; } =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    public static int[] DistanceExtra { get; } =
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    public static byte[] CodeLengthOrder { get; } = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The codes of a block that has none of its own.</summary>
    public static (HuffmanCode Literals, HuffmanCode Distances) Fixed { get; } = FixedCodes();

    private static (HuffmanCode Literals, HuffmanCode Distances) FixedCodes()
    {
        byte[] lengths = new byte[288];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = (byte)(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        }

        byte[] distances = new byte[30];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = 5;
        }

        return (new HuffmanCode(lengths, 0, lengths.Length), new HuffmanCode(distances, 0, distances.Length));
    }
}
