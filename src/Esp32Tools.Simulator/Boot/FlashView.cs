using System;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator.Boot;

/// <summary>The flash as the processor sees it: decrypted, when flash encryption is on.</summary>
internal sealed class FlashView
{
    private readonly NorFlash _flash;
    private readonly IFlashCipher? _cipher;

    public FlashView(ChipMachine chip)
    {
        _flash = chip.Flash;
        _cipher = new ChipSecurity(chip).IsFlashEncrypted ? FlashCiphers.OfHardware(chip.Facts, chip.Efuse) : null;
    }

    /// <summary>Size of the part, in bytes.</summary>
    public long Size => _flash.Size;

    public byte[] Read(uint address, int count)
    {
        if (_cipher is null)
        {
            return _flash.Read(address, count);
        }

        uint start = address / AesBlock.Length * AesBlock.Length;
        int length = (int)(address - start) + count;
        byte[] blocks = _flash.Read(start, (length + AesBlock.Length - 1) / AesBlock.Length * AesBlock.Length);
        for (int at = 0; at < blocks.Length; at += AesBlock.Length)
        {
            _cipher.Decrypt(start + (uint)at, blocks, at);
        }

        byte[] bytes = new byte[count];
        Buffer.BlockCopy(blocks, (int)(address - start), bytes, 0, count);
        return bytes;
    }

    public uint Word(uint address) => LittleEndian.ReadUInt32(Read(address, 4), 0);

    /// <summary>A text that a zero ends before its field does.</summary>
    public string Text(uint address, int length) => Encoding.ASCII.GetString(Read(address, length)).Split('\0')[0];
}
