using System.Collections.Generic;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The ways to address a part above 16 MB: separate commands with four address bytes, a mode in which all commands have
/// four, or a register that holds the fourth (Winbond W25Q256JV, section 8.2). Smaller parts have none of them.
/// </summary>
internal sealed class LongAddress
{
    private const byte EnterMode = 0xB7;
    private const byte LeaveMode = 0xE9;
    private const byte WriteExtended = 0xC5;
    private const byte ReadExtended = 0xC8;
    private const long ShortReach = 16 * 1024 * 1024;

    // Commands with four address bytes, and their equivalents with three.
    private static readonly IReadOnlyDictionary<byte, byte> s_long = new Dictionary<byte, byte>
    {
        [0x13] = 0x03,
        [0x0C] = 0x0B,
        [0x3C] = 0x3B,
        [0x6C] = 0x6B,
        [0xBC] = 0xBB,
        [0xEC] = 0xEB,
        [0x12] = 0x02,
        [0x34] = 0x32,
        [0x21] = 0x20,
        [0x5C] = 0x52,
        [0xDC] = 0xD8,
    };

    private readonly bool _isKnown;
    private bool _mode;
    private byte _extended;

    public LongAddress(long size) => _isKnown = size > ShortReach;

    /// <summary>Carries out a command that sets the address mode or register.</summary>
    /// <returns>False for any other command.</returns>
    public bool Run(byte opcode, byte[] sent, byte[] answer)
    {
        if (!_isKnown || opcode is not (EnterMode or LeaveMode or WriteExtended or ReadExtended))
        {
            return false;
        }

        _mode = opcode == EnterMode || (_mode && opcode != LeaveMode);
        if (opcode == WriteExtended && sent.Length > 0)
        {
            _extended = sent[0];
        }

        for (int i = 0; opcode == ReadExtended && i < answer.Length; i++)
        {
            answer[i] = _extended;
        }

        return true;
    }

    /// <summary>The equivalent of this command with three address bytes.</summary>
    public byte Shortened(byte opcode) => _isKnown && s_long.TryGetValue(opcode, out byte known) ? known : opcode;

    /// <summary>The address that the part uses.</summary>
    public uint Of(byte opcode, uint sent) => _mode || (_isKnown && s_long.ContainsKey(opcode))
        ? sent
        : ((uint)_extended << 24) | (sent & 0xFF_FFFF);

    /// <summary>Returns to the state after power-up.</summary>
    public void Reset()
    {
        _mode = false;
        _extended = 0;
    }
}
