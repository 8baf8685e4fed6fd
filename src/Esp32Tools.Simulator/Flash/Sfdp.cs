using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The Serial Flash Discoverable Parameters of a part (JESD216): header, one parameter header, and the basic table of
/// nine words, in agreement with what the part does.
/// </summary>
internal static class Sfdp
{
    private const int TableAt = 0x80;

    public static byte[] For(FlashPart part)
    {
        byte[] bytes = new byte[256];
        if (!part.HasSfdp)
        {
            return bytes;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = 0xFF;
        }

        // "SFDP", revision 1.0, one parameter header.
        LittleEndian.WriteUInt32(bytes, 0x00, 0x5044_4653);
        LittleEndian.WriteUInt32(bytes, 0x04, 0xFF00_0100);
        // Basic table: revision 1.0, nine words, at TableAt.
        LittleEndian.WriteUInt32(bytes, 0x08, 0x0901_0000);
        LittleEndian.WriteUInt32(bytes, 0x0C, 0xFF00_0000 | TableAt);
        uint[] table =
        [
            // 4 KB erase with 0x20, 64-byte write granularity, three address bytes, dual and quad reads.
            0xFFF9_20E5,
            (uint)((part.Size * 8) - 1),
            // Fast reads: 1-4-4 0xEB, 1-1-4 0x6B, 1-1-2 0x3B, 1-2-2 0xBB.
            0x6B08_EB44,
            0xBB42_3B08,
            0xFFFF_FFFE,
            0x0000_FFFF,
            0xEB40_FFFF,
            // Erase sizes: 4 KB 0x20, 32 KB 0x52, 64 KB 0xD8.
            0x520F_200C,
            0x0000_D810,
        ];
        for (int i = 0; i < table.Length; i++)
        {
            LittleEndian.WriteUInt32(bytes, TableAt + (4 * i), table[i]);
        }

        return bytes;
    }
}
