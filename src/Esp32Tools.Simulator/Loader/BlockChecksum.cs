namespace Esp32Tools.Simulator.Loader;

/// <summary>The checksum of block data: exclusive-or of all bytes, beginning with 0xEF (protocol.md, section 1).</summary>
internal static class BlockChecksum
{
    public static byte Of(byte[] data, int offset, int count)
    {
        byte sum = 0xEF;
        for (int i = offset; i < offset + count; i++)
        {
            sum ^= data[i];
        }

        return sum;
    }
}
