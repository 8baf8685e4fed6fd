namespace Esp32Tools.Compat;

/// <summary>CRC-32 as in zlib (polynomial 0x04C11DB7, reflected): that of "123456789" is 0xCBF4_3926.</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = MakeTable();

    /// <param name="data">The bytes.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="previous">
    /// CRC of the preceding bytes, as zlib takes it. The chips' boot code and NVS pass <see cref="uint.MaxValue"/> to the function in
    /// ROM when there are none: that of "123456789" is then 0xD202_D277.
    /// </param>
    public static uint Of(byte[] data, int offset, int count, uint previous = 0)
    {
        uint crc = ~previous;
        for (int i = offset; i < offset + count; i++)
        {
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ data[i])];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1;
            }

            table[i] = crc;
        }

        return table;
    }
}
