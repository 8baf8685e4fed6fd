using System;
using System.Globalization;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The start-up output of the ROM, the second stage bootloader and an application.</summary>
internal sealed class BootLog
{
    private const byte ImageMagic = 0xE9;
    private const int HeaderLength = 24;
    private const int MaxSegments = 16;

    // A blank chip repeats its error for ever; a few lines of it are enough.
    private const int Complaints = 8;
    private const uint PartitionTable = 0x8000;
    private const int PartitionEntries = 95;
    private const uint AppDescriptorMagic = 0xABCD_5432;
    private const uint AppDescriptor = 0x20;

    // The mode that waits for a loader's host says so.
    private const string Waiting = "waiting for download\r\n";

    private readonly ChipMachine _chip;
    private readonly IFlashCipher? _cipher;

    public BootLog(ChipMachine chip)
    {
        _chip = chip;
        _cipher = new ChipSecurity(chip).IsFlashEncrypted ? FlashCiphers.For(chip.Facts, chip.Efuse) : null;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The ROM's first lines.</summary>
    public byte[] Header(ResetReason reason, uint strap)
    {
        BootFacts boot = _chip.Facts.Boot;
        string mode = boot.Modes.TryGetValue(strap, out string? name) ? name : "UNKNOWN";
        string waiting = mode.StartsWith("DOWNLOAD", StringComparison.Ordinal) ? Waiting : string.Empty;
        return Text(FormattableString.Invariant($"{boot.Banner}rst:{boot.Reasons[reason]},boot:0x{strap:x} ({mode})\r\n{waiting}"));
    }

    /// <summary>The lines that follow when the chip goes on to the program in its flash.</summary>
    public byte[] Application()
    {
        uint bootloader = _chip.Facts.Image.BootloaderOffset;
        byte[] header = Read(bootloader, HeaderLength);
        if (header[0] != ImageMagic || header[1] is 0 or > MaxSegments)
        {
            uint found = LittleEndian.ReadUInt32(header, 0);
            var complaint = new StringBuilder();
            for (int i = 0; i < Complaints; i++)
            {
                complaint.Append(FormattableString.Invariant($"invalid header: 0x{found:x8}\r\n"));
            }

            return Text(complaint.ToString());
        }

        var text = new StringBuilder(_chip.Facts.Boot.BeforeLoad);
        AppendSegments(text, bootloader, header);
        AppendProject(text);
        foreach (string line in _chip.Options.ApplicationOutput)
        {
            text.Append(line).Append("\r\n");
        }

        return Text(text.ToString());
    }

    private void AppendSegments(StringBuilder text, uint image, byte[] header)
    {
        uint at = image + HeaderLength;
        for (int i = 0; i < header[1]; i++)
        {
            uint address = Word(at);
            uint length = Word(at + 4);
            if (length > 0x100_0000)
            {
                break;
            }

            text.AppendFormat(CultureInfo.InvariantCulture, _chip.Facts.Boot.LoadFormat, address, length);
            at += 8 + length;
        }

        text.Append(FormattableString.Invariant($"entry 0x{LittleEndian.ReadUInt32(header, 4):x8}\r\n"));
    }

    private void AppendProject(StringBuilder text)
    {
        if (FindApplication() is not uint application)
        {
            text.Append("E (40) boot: No bootable app partitions in the partition table\r\n");
            return;
        }

        uint descriptor = application + AppDescriptor;
        if (Read(application, 1)[0] != ImageMagic || Word(descriptor) != AppDescriptorMagic)
        {
            text.Append(FormattableString.Invariant($"E (40) esp_image: image at 0x{application:x} has invalid magic byte (nothing flashed here?)\r\n"));
            return;
        }

        // Fields of the application descriptor: formats.md, section on esp_app_desc_t.
        text.Append(FormattableString.Invariant($"I (31) boot: ESP-IDF {Field(descriptor + 112, 32)} 2nd stage bootloader\r\n"));
        text.Append(FormattableString.Invariant($"I (120) boot: Loaded app from partition at offset 0x{application:x}\r\n"));
        text.Append(FormattableString.Invariant($"I (230) app_init: Project name:     {Field(descriptor + 48, 32)}\r\n"));
        text.Append(FormattableString.Invariant($"I (235) app_init: App version:      {Field(descriptor + 16, 32)}\r\n"));
        text.Append("I (250) main_task: Calling app_main()\r\n");
    }

    // The first application of the partition table, entries of 32 bytes: AA 50, type, subtype, offset, size, label, flags.
    private uint? FindApplication()
    {
        for (uint entry = 0; entry < PartitionEntries; entry++)
        {
            byte[] bytes = Read(PartitionTable + (32 * entry), 32);
            if (bytes[0] != 0xAA || bytes[1] != 0x50)
            {
                break;
            }

            if (bytes[2] == 0)
            {
                return LittleEndian.ReadUInt32(bytes, 4);
            }
        }

        return null;
    }

    // The processor's view of the flash: decrypted, when flash encryption is on.
    private byte[] Read(uint address, int count)
    {
        if (_cipher is null)
        {
            return _chip.Flash.Read(address, count);
        }

        uint start = address / AesBlock.Length * AesBlock.Length;
        int length = (int)(address - start) + count;
        byte[] blocks = _chip.Flash.Read(start, (length + AesBlock.Length - 1) / AesBlock.Length * AesBlock.Length);
        for (int at = 0; at < blocks.Length; at += AesBlock.Length)
        {
            _cipher.Decrypt(start + (uint)at, blocks, at);
        }

        byte[] bytes = new byte[count];
        Buffer.BlockCopy(blocks, (int)(address - start), bytes, 0, count);
        return bytes;
    }

    private uint Word(uint address) => LittleEndian.ReadUInt32(Read(address, 4), 0);

    private string Field(uint address, int length) =>
        Encoding.ASCII.GetString(Read(address, length)).Split('\0')[0];
}
