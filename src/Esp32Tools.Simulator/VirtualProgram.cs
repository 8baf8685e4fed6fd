using System;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator;

/// <summary>
/// A program that a virtual chip can run in place of machine code: it prints a text on the UART and then does nothing.
/// <code>
/// offset  0               4
///         7F 53 41 59     text in UTF-8, a zero byte, zeros up to a multiple of four
/// </code>
/// The bytes stand where a jump into RAM leads.
/// </summary>
public static class VirtualProgram
{
    internal const uint Mark = 0x5941_537F; // "\x7FSAY", lowest byte first

    /// <summary>Makes the program.</summary>
    /// <param name="text">Its output, line ends included.</param>
    public static byte[] Printing(string text)
    {
        byte[] letters = Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text)));
        byte[] program = new byte[4 + ((letters.Length + 4) / 4 * 4)];
        LittleEndian.WriteUInt32(program, 0, Mark);
        letters.CopyTo(program, 4);
        return program;
    }
}
