namespace Esp32Tools.Simulator.Link;

/// <summary>Puts a payload into a SLIP frame (protocol.md, section 1).</summary>
internal static class SlipSender
{
    public static byte[] Frame(byte[] payload)
    {
        int escapes = 0;
        foreach (byte value in payload)
        {
            escapes += value is 0xC0 or 0xDB ? 1 : 0;
        }

        byte[] frame = new byte[payload.Length + escapes + 2];
        int at = 0;
        frame[at++] = 0xC0;
        foreach (byte value in payload)
        {
            if (value is 0xC0 or 0xDB)
            {
                frame[at++] = 0xDB;
                frame[at++] = (byte)(value == 0xC0 ? 0xDC : 0xDD);
            }
            else
            {
                frame[at++] = value;
            }
        }

        frame[at] = 0xC0;
        return frame;
    }
}
