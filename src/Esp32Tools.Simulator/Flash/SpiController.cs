using System;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The SPI controller in front of the flash: a user-defined transfer runs when bit 18 of the command register is set
/// (protocol.md, section 8). All other registers are plain words and survive a reset.
/// </summary>
internal sealed class SpiController : IBusDevice
{
    private const uint StartUser = 1u << 18;
    private const int DataWords = 16;
    private const uint Space = 0x100;

    private readonly SpiFacts _facts;
    private readonly NorFlashPins _flash;
    private readonly uint[] _words = new uint[Space / 4];

    public SpiController(SpiFacts facts, NorFlashPins flash)
    {
        _facts = facts;
        _flash = flash;
    }

    /// <summary>False until the loader has connected the pads; the lines then float high.</summary>
    public bool IsAttached { get; set; }

    /// <summary>The supply of the part; null for one that needs none from the chip.</summary>
    public FlashSupply? Supply { get; set; }

    /// <summary>True when the part can be reached: pads connected, supply on.</summary>
    public bool ReachesFlash => IsAttached && Supply?.IsOn != false;

    public bool Owns(uint address) => address >= _facts.Base && address < _facts.Base + Space;

    public uint Read(uint address) => this[address - _facts.Base];

    public void Write(uint address, uint value)
    {
        uint offset = address - _facts.Base;
        if (offset != _facts.Command)
        {
            this[offset] = value;
            return;
        }

        if ((value & StartUser) != 0)
        {
            RunUserTransfer();
        }

        // Command bits clear themselves at once: no transfer is slower than the next request.
        this[offset] = 0;
    }

    private uint this[uint offset]
    {
        get => _words[offset / 4];
        set => _words[offset / 4] = value;
    }

    private void RunUserTransfer()
    {
        uint user = this[_facts.User];
        uint user1 = this[_facts.User1];
        byte opcode = (user >> 31) != 0 ? (byte)this[_facts.User2] : (byte)0;
        uint address = (user & (1u << 30)) != 0 ? AddressOf((int)(user1 >> 26) + 1) : 0;
        byte[] sent = new byte[(user & (1u << 27)) != 0 ? BytesOf(_facts.MosiLength) : 0];
        byte[] answer = new byte[(user & (1u << 28)) != 0 ? BytesOf(_facts.MisoLength) : 0];
        for (int i = 0; i < sent.Length; i++)
        {
            sent[i] = (byte)(this[_facts.Data + (uint)(i & ~3)] >> (8 * (i % 4)));
        }

        if (ReachesFlash)
        {
            _flash.Transfer(opcode, address, sent, answer);
        }
        else
        {
            for (int i = 0; i < answer.Length; i++)
            {
                answer[i] = 0xFF;
            }
        }

        for (int i = 0; i < answer.Length; i += 4)
        {
            byte[] word = new byte[4];
            Buffer.BlockCopy(answer, i, word, 0, Math.Min(4, answer.Length - i));
            this[_facts.Data + (uint)i] = LittleEndian.ReadUInt32(word, 0);
        }
    }

    private int BytesOf(uint lengthRegister) => Math.Min((int)((this[lengthRegister] & 0x1FF) + 1) / 8, DataWords * 4);

    private uint AddressOf(int bits) =>
        _facts.AddressLeftAligned ? this[_facts.Address] >> (32 - bits) : this[_facts.Address] & (uint.MaxValue >> (32 - bits));
}
