using System.Runtime.InteropServices;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>
/// <c>struct termios2</c> of asm-generic/termbits.h: 44 bytes, the same on every architecture <see cref="LibC"/> names.
/// Only the members in use are named. The older <c>struct termios</c> knows a fixed list of baud rates; this one takes
/// any rate, as a number.
/// </summary>
/// <remarks>
/// <code>
/// 0 iflag | 4 oflag | 8 cflag | 12 lflag | 16 line | 17..35 cc[19] | 36 ispeed | 40 ospeed
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 44)]
internal struct Termios
{
    private const uint Baud = 0x100F; // CBAUD
    private const uint BaudIsNumber = 0x1000; // BOTHER
    private const uint InputBaud = 0x100F_0000; // CIBAUD; zero: input goes as fast as output
    private const uint EightBits = 0x30; // CS8
    private const uint Receiver = 0x80; // CREAD
    private const uint IgnoreModemStatus = 0x800; // CLOCAL

    [FieldOffset(0)]
    internal uint InputFlags;

    [FieldOffset(4)]
    internal uint OutputFlags;

    [FieldOffset(8)]
    internal uint ControlFlags;

    [FieldOffset(12)]
    internal uint LocalFlags;

    [FieldOffset(22)]
    internal byte ReadTime; // cc[VTIME]

    [FieldOffset(23)]
    internal byte ReadMinimum; // cc[VMIN]

    [FieldOffset(36)]
    internal uint InputSpeed;

    [FieldOffset(40)]
    internal uint OutputSpeed;

    /// <summary>
    /// Raw bytes, 8N1, no flow control. HUPCL is left out, so the last close does not touch the lines: they are
    /// released then anyway, and boards with a capacitor in the reset line would take a change for a reset. VMIN is 1, so
    /// a read of 0 bytes can only mean a hang-up.
    /// </summary>
    internal void SetRaw()
    {
        InputFlags = 0;
        OutputFlags = 0;
        LocalFlags = 0;
        ControlFlags = EightBits | Receiver | IgnoreModemStatus | (ControlFlags & (Baud | InputBaud));
        ReadTime = 0;
        ReadMinimum = 1;
    }

    internal void SetBaudRate(int baudRate)
    {
        ControlFlags = (ControlFlags & ~(Baud | InputBaud)) | BaudIsNumber;
        InputSpeed = (uint)baudRate;
        OutputSpeed = (uint)baudRate;
    }
}
