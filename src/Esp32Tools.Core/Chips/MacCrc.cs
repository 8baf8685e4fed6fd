namespace Esp32Tools.Chips;

/// <summary>
/// The CRC-8 that the ESP32 stores with its MAC addresses: polynomial 0x31 reflected, start 0, over the six octets as written.
/// </summary>
internal static class MacCrc
{
    public static byte Compute(byte[] octets)
    {
        int crc = 0;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1;
            }
        }

        return (byte)crc;
    }
}
