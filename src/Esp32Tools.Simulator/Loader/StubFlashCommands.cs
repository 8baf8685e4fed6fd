using System;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// The stub's flash commands (protocol.md, section 5): sectors are erased just ahead of the writes, blank ones are left
/// alone until a dirty one is met, and bytes past the announced count are dropped.
/// </summary>
internal sealed class StubFlashCommands
{
    private readonly ChipMachine _chip;
    private readonly FlashCells _cells;
    private long _size;
    private StubWrite? _write;

    public StubFlashCommands(ChipMachine chip, FlashCells cells)
    {
        _chip = chip;
        _cells = cells;
        _size = chip.Flash.Size;
    }

    public bool Expects(Opcode data) => _write?.Data == data;

    public bool IsInside(uint address, uint count) => (long)address + count <= _size;

    /// <summary>Carries out a command that is answered after the work.</summary>
    /// <returns>Status and data; null for no answer.</returns>
    public (StubStatus Status, byte[] Data)? Run(Request request)
    {
        switch ((Opcode)request.Opcode)
        {
            case Opcode.SpiAttach:
                return (StubStatus.Ok, []);
            case Opcode.SpiSetParams:
                _size = request.Word(1);
                return (StubStatus.Ok, []);
            case Opcode.FlashBegin or Opcode.FlashDeflBegin:
                return (Begin(request), []);
            case Opcode.FlashEnd or Opcode.FlashDeflEnd:
                return (End((Opcode)request.Opcode), []);
            case Opcode.SpiFlashMd5:
                return IsInside(request.Word(0), request.Word(1))
                    ? (StubStatus.Ok, _cells.Digest(request.Word(0), request.Word(1)))
                    : (StubStatus.FlashFailed, []);
            case Opcode.EraseFlash:
                return _cells.EraseAll() ? (StubStatus.Ok, []) : null;
            case Opcode.EraseRegion:
                return EraseRegion(request.Word(0), request.Word(1)) is { } status ? (status, []) : null;
            default:
                return (StubStatus.UnknownCommand, []);
        }
    }

    /// <summary>The work after the reply: the first sector of a region is erased without waiting for data.</summary>
    public void AfterReply()
    {
        if (_write is { Left: > 0 } write && IsInside(write.Address, 1))
        {
            EraseUpTo(write, write.Address + 1);
        }
    }

    /// <summary>Writes a block that was acknowledged.</summary>
    /// <returns>The error, which answers the next request.</returns>
    public StubStatus Store(byte[] data, int offset, int count)
    {
        StubWrite write = _write!;
        if (write.Inflater is null)
        {
            Write(write, data, offset, count);
            return write.Error;
        }

        InflateResult result = write.Inflater.Feed(data, offset, count);
        if (write.Error == StubStatus.Ok && result is InflateResult.BadData or InflateResult.BadCheck)
        {
            write.Error = StubStatus.InflateFailed;
        }

        return write.Error;
    }

    private StubStatus Begin(Request request)
    {
        bool encrypts = request.Word(4) != 0;
        IFlashCipher? cipher = encrypts ? new ChipSecurity(_chip).WriteCipher : null;
        bool packed = (Opcode)request.Opcode == Opcode.FlashDeflBegin;
        uint offset = request.Word(3);
        var write = new StubWrite
        {
            Data = packed ? Opcode.FlashDeflData : Opcode.FlashData,
            Address = offset,
            Left = request.Word(0),
            NextSector = offset / NorFlash.SectorSize * NorFlash.SectorSize,
            Encryption = cipher is null ? null : new EncryptingWriter(cipher, _cells.Program),

            // The work fails, so the next request gets the error: no key, no permission, or an incomplete block of the cipher.
            Error = encrypts && (cipher is null || offset % cipher.WriteUnit != 0 || request.Word(0) % cipher.WriteUnit != 0)
                ? StubStatus.FlashFailed
                : StubStatus.Ok,
        };
        write.Inflater = packed ? new Inflater((data, start, count) => Write(write, data, start, count)) : null;
        _write = write;
        return StubStatus.Ok;
    }

    private StubStatus End(Opcode opcode)
    {
        if (!Expects(opcode == Opcode.FlashEnd ? Opcode.FlashData : Opcode.FlashDeflData))
        {
            return StubStatus.NotInFlashMode;
        }

        bool complete = _write!.Left == 0;
        _write = null;
        return complete ? StubStatus.Ok : StubStatus.BadLength;
    }

    private StubStatus? EraseRegion(uint address, uint count)
    {
        if (address % NorFlash.SectorSize != 0 || count % NorFlash.SectorSize != 0)
        {
            return StubStatus.BadLength;
        }

        if (!IsInside(address, count))
        {
            return StubStatus.FlashFailed;
        }

        return _cells.EraseRange(address, address + count) ? StubStatus.Ok : null;
    }

    private void Write(StubWrite write, byte[] data, int offset, int count)
    {
        count = (int)Math.Min((uint)count, write.Left);
        if (count == 0 || write.Error != StubStatus.Ok || write.Interrupted)
        {
            return;
        }

        if (!IsInside(write.Address, (uint)count))
        {
            write.Error = StubStatus.FlashFailed;
            return;
        }

        write.Interrupted = !EraseUpTo(write, write.Address + (uint)count) || !(write.Encryption?.Write(write.Address, data, offset, count)
            ?? _cells.Program(write.Address, data, offset, count));
        write.Address += (uint)count;
        write.Left -= (uint)count;
    }

    private bool EraseUpTo(StubWrite write, uint end)
    {
        for (; write.NextSector < end; write.NextSector += NorFlash.SectorSize)
        {
            write.Erases = write.Erases || !_cells.LooksBlank(write.NextSector);
            if (write.Erases && !_cells.EraseSector(write.NextSector))
            {
                return false;
            }
        }

        return true;
    }
}
