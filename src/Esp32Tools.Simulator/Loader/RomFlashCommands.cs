using System;
using System.Globalization;
using System.Text;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// The ROM's flash commands (protocol.md, section 5): the flash counts as 2 MB until the host sets its size, sectors are
/// erased at the beginning and blocks are written before they are answered.
/// </summary>
internal sealed class RomFlashCommands
{
    /// <summary>Length of a digest, which the ROM gives as hexadecimal text.</summary>
    public const int DigestText = 32;

    private const uint SizeUntilTold = 2 * 1024 * 1024;
    private const uint LongestBlock = 0x1800;
    private const int SlowRead = 64;

    private readonly ChipMachine _chip;
    private readonly FlashCells _cells;
    private readonly byte[] _slowBuffer = new byte[SlowRead];
    private uint _size = SizeUntilTold;
    private RomBlocks? _blocks;

    public RomFlashCommands(ChipMachine chip)
    {
        _chip = chip;
        _cells = new FlashCells(chip, FlashCells.ShortReach);
    }

    private bool IsAttached => _chip.Spi.ReachesFlash;

    /// <summary>Carries out a command.</summary>
    /// <returns>The answer; null when the chip has reset and gives none.</returns>
    public RomAnswer? Run(Opcode opcode, Request request) => opcode switch
    {
        Opcode.SpiAttach => new RomAnswer(Attach(request)),
        Opcode.SpiSetParams => new RomAnswer(SetSize(request)),
        Opcode.FlashBegin or Opcode.FlashDeflBegin => Begin(opcode, request),
        Opcode.FlashData or Opcode.FlashDeflData => Data(opcode, request),
        Opcode.SpiFlashMd5 => Digest(request),
        Opcode.ReadFlashSlow => ReadSlowly(request),
        _ => new RomAnswer(RomStatus.InvalidMessage),
    };

    /// <summary>Closes a series of blocks.</summary>
    /// <returns>False when none is open.</returns>
    public bool End(Opcode opcode)
    {
        Opcode data = opcode == Opcode.FlashEnd ? Opcode.FlashData : Opcode.FlashDeflData;
        bool open = _blocks?.Data == data;
        _blocks = null;
        return open;
    }

    private RomStatus Attach(Request request)
    {
        if (request.Size is not (8 or 4))
        {
            return RomStatus.InvalidMessage;
        }

        _chip.Spi.IsAttached = true;
        return RomStatus.Ok;
    }

    private RomStatus SetSize(Request request)
    {
        if (request.Size != 24)
        {
            return RomStatus.InvalidMessage;
        }

        _size = request.Word(1);
        return RomStatus.Ok;
    }

    private RomAnswer? Begin(Opcode opcode, Request request)
    {
        _blocks = null;
        if (request.Size != 4 * _chip.Facts.Loader.FlashBeginWordsRom || request.Word(2) > LongestBlock)
        {
            return new RomAnswer(RomStatus.InvalidMessage);
        }

        uint offset = request.Word(3);
        uint erase = request.Word(0);

        // The fifth word asks the chip to encrypt its writes. A chip that may not, or has no key, must not write plain bytes
        // instead.
        bool encrypts = request.Word(4) != 0;
        IFlashCipher? cipher = encrypts ? new ChipSecurity(_chip).WriteCipher : null;
        bool good = IsAttached && encrypts == cipher is not null && offset % NorFlash.SectorSize == 0 && (ulong)offset + erase <= _size;
        _blocks = new RomBlocks
        {
            Data = opcode == Opcode.FlashBegin ? Opcode.FlashData : Opcode.FlashDeflData,
            Address = offset,
            Encryption = cipher is null ? null : new EncryptingWriter(cipher, _cells.Program),
            Failed = good ? RomStatus.Ok : RomStatus.FailedToAct,
        };
        if (!good)
        {
            return new RomAnswer(RomStatus.FailedToAct);
        }

        if (opcode == Opcode.FlashDeflBegin)
        {
            RomBlocks blocks = _blocks;
            blocks.Inflater = new Inflater((data, start, count) => Write(blocks, data, start, count));
        }

        return _cells.EraseRange(offset, offset + erase) ? new RomAnswer(RomStatus.Ok) : null;
    }

    private RomAnswer? Data(Opcode opcode, Request request)
    {
        if (_blocks is not { } blocks || blocks.Data != opcode)
        {
            return new RomAnswer(RomStatus.InvalidMessage);
        }

        RomStatus status = blocks.Take(request);
        if (status != RomStatus.Ok)
        {
            return new RomAnswer(status);
        }

        if (blocks.Failed != RomStatus.Ok)
        {
            // Recorded (error-beyond-flash): status 0, and the reason of the beginning still in its byte.
            return new RomAnswer(blocks.Failed, [], false);
        }

        status = Store(blocks, request.Frame, Request.HeaderLength + 16, request.Size - 16);
        return blocks.Interrupted ? null : new RomAnswer(status);
    }

    private RomStatus Store(RomBlocks blocks, byte[] data, int offset, int count)
    {
        if (blocks.Inflater is null)
        {
            if (count % 4 != 0)
            {
                return RomStatus.InvalidMessage;
            }

            Write(blocks, data, offset, count);
            return blocks.WriteFailed ? RomStatus.FailedToAct : RomStatus.Ok;
        }

        return blocks.Inflater.Feed(data, offset, count) switch
        {
            InflateResult.BadData => RomStatus.DeflateFailed,
            InflateResult.BadCheck => RomStatus.DeflateCheck,
            _ => blocks.WriteFailed ? RomStatus.FailedToAct : RomStatus.Ok,
        };
    }

    private void Write(RomBlocks blocks, byte[] data, int offset, int count)
    {
        if (blocks.WriteFailed || blocks.Interrupted)
        {
            return;
        }

        if ((ulong)blocks.Address + (ulong)count > _size)
        {
            blocks.WriteFailed = true;
            return;
        }

        blocks.Interrupted = !(blocks.Encryption?.Write(blocks.Address, data, offset, count)
            ?? _cells.Program(blocks.Address, data, offset, count));
        blocks.Address += (uint)count;
    }

    private RomAnswer Digest(Request request)
    {
        if (request.Size != 16)
        {
            return new RomAnswer(RomStatus.InvalidMessage, new byte[DigestText]);
        }

        uint address = request.Word(0);
        uint count = request.Word(1);
        if (!IsAttached || (ulong)address + count > _size)
        {
            return new RomAnswer(RomStatus.FlashRead, new byte[DigestText]);
        }

        // The ROM reads whole words, so that an odd address digests other bytes than asked (protocol.md, section 5).
        byte[] digest = _cells.Digest(address & ~3u, count);
        var text = new StringBuilder(DigestText);
        foreach (byte value in digest)
        {
            text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return new RomAnswer(RomStatus.Ok, BootLog.Text(text.ToString()));
    }

    private RomAnswer ReadSlowly(Request request)
    {
        uint address = request.Word(0);
        uint count = request.Word(1);
        RomStatus status = request.Size != 8 ? RomStatus.InvalidMessage
            : count > SlowRead ? RomStatus.BadReadLength
            : !IsAttached || (ulong)address + count > _size ? RomStatus.FlashRead
            : RomStatus.Ok;
        if (status == RomStatus.Ok)
        {
            Buffer.BlockCopy(_cells.Read(address, (int)count), 0, _slowBuffer, 0, (int)count);
        }

        // Always the whole buffer: bytes past those asked for are older ones.
        return new RomAnswer(status, (byte[])_slowBuffer.Clone());
    }
}
