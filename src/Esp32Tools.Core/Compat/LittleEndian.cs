namespace Esp32Tools.Compat;

/// <summary>Little-endian words in byte arrays; all of netstandard2.0's functions depend on the machine.</summary>
internal static class LittleEndian
{
    public static ushort ReadUInt16(byte[] buffer, int offset) => (ushort)(buffer[offset] | (buffer[offset + 1] << 8));

    public static uint ReadUInt32(byte[] buffer, int offset) =>
        (uint)(buffer[offset] | (buffer[offset + 1] << 8) | (buffer[offset + 2] << 16) | (buffer[offset + 3] << 24));

    public static void WriteUInt16(byte[] buffer, int offset, ushort value)
    {
        buffer[offset] = (byte)value;
        buffer[offset + 1] = (byte)(value >> 8);
    }

    public static void WriteUInt32(byte[] buffer, int offset, uint value)
    {
        WriteUInt16(buffer, offset, (ushort)value);
        WriteUInt16(buffer, offset + 2, (ushort)(value >> 16));
    }
}
