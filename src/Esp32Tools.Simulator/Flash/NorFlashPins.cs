using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// A NOR flash seen from its pins: one command a transfer, with write enable, status registers, power-down, reset and the
/// long addresses of parts above 16 MB, as the data sheets have it (Winbond W25Q32JV and W25Q256JV, section 8). Commands
/// that a part without write enable would ignore are ignored here.
/// </summary>
internal sealed class NorFlashPins
{
    private const byte ReleasePowerDown = 0xAB;
    private const byte EnableReset = 0x66;
    private const byte ResetNow = 0x99;

    private readonly NorFlash _flash;
    private readonly Func<long> _now;
    private readonly Func<TimeSpan, long> _cellTime;
    private readonly byte[] _sfdp;
    private readonly LongAddress _address;
    private long _busyUntil;
    private bool _writeEnabled;
    private bool _volatileStatusEnabled;
    private bool _resetEnabled;

    /// <param name="flash">The cells.</param>
    /// <param name="now">The chip's time in ticks of 100 ns.</param>
    /// <param name="cellTime">Duration of a cell operation, in ticks; 0 when the board keeps no time.</param>
    public NorFlashPins(NorFlash flash, Func<long> now, Func<TimeSpan, long> cellTime)
    {
        _flash = flash;
        _now = now;
        _cellTime = cellTime;
        _sfdp = Sfdp.For(flash.Part);
        _address = new LongAddress(flash.Size);
    }

    /// <summary>Carries out one command.</summary>
    /// <param name="opcode">First byte.</param>
    /// <param name="address">Address sent, 0 when there was none.</param>
    /// <param name="sent">Data sent after the address.</param>
    /// <param name="answer">Filled with the part's answer.</param>
    public void Transfer(byte opcode, uint address, byte[] sent, byte[] answer)
    {
        Fill(answer, 0xFF);
        if (_flash.IsAsleep)
        {
            // The one command it accepts also returns an electronic id, which no caller here reads.
            _flash.IsAsleep = opcode != ReleasePowerDown;
            return;
        }

        bool resetNow = _resetEnabled && opcode == ResetNow;
        _resetEnabled = opcode == EnableReset;
        if (IsBusy && opcode is not (0x05 or 0x35 or 0x15 or EnableReset or ResetNow))
        {
            return;
        }

        if (resetNow)
        {
            Reset();
        }
        else if (_address.Run(opcode, sent, answer))
        {
            // It was about the address.
        }
        else if (!RunStatus(opcode, sent, answer))
        {
            RunCells(_address.Shortened(opcode), _address.Of(opcode, address), sent, answer);
        }
    }

    private bool IsBusy => _now() < _busyUntil;

    // Identification, status and the latches; false when the command is none of these.
    private bool RunStatus(byte opcode, byte[] sent, byte[] answer)
    {
        switch (opcode)
        {
            case 0x9F:
                Answer(answer, (byte)_flash.Part.JedecId, (byte)(_flash.Part.JedecId >> 8), (byte)(_flash.Part.JedecId >> 16));
                return true;
            case 0x4B:
                byte[] id = new byte[8];
                LittleEndian.WriteUInt32(id, 0, (uint)_flash.Part.UniqueId);
                LittleEndian.WriteUInt32(id, 4, (uint)(_flash.Part.UniqueId >> 32));
                Answer(answer, id);
                return true;
            case 0x05:
                byte own = (byte)((IsBusy ? StatusRegisters.Busy : 0) | (_writeEnabled ? StatusRegisters.WriteEnableLatch : 0));
                Fill(answer, (byte)(_flash.Status[0] | own));
                return true;
            case 0x35:
                Fill(answer, _flash.Status[1]);
                return true;
            case 0x15:
                Fill(answer, _flash.Status[2]);
                return true;
            case 0x01:
                WriteStatus(0, _flash.Part.WritesStatusTogether && sent.Length == 1 ? [sent[0], 0] : sent);
                return true;
            case 0x31 when !_flash.Part.WritesStatusTogether:
                WriteStatus(1, sent);
                return true;
            case 0x11:
                WriteStatus(2, sent);
                return true;
            case 0x06:
                _writeEnabled = true;
                return true;
            case 0x50:
                _volatileStatusEnabled = true;
                return true;
            case 0x04:
                _writeEnabled = false;
                _volatileStatusEnabled = false;
                return true;
            case 0xB9:
                _flash.IsAsleep = true;
                return true;
            default:
                return false;
        }
    }

    private void RunCells(byte opcode, uint address, byte[] sent, byte[] answer)
    {
        switch (opcode)
        {
            case 0x5A:
                for (int i = 0; i < answer.Length; i++)
                {
                    long at = address + i;
                    answer[i] = at < _sfdp.Length ? _sfdp[at] : (byte)(_flash.Part.HasSfdp ? 0xFF : 0);
                }

                break;
            case 0x03 or 0x0B or 0x3B or 0x6B or 0xBB or 0xEB:
                _flash.Read(address, answer, 0, answer.Length);
                break;
            case 0x02 or 0x32:
                Change(() => ProgramPage(address, sent), _flash.Part.PageProgram);
                break;
            case 0x20:
                Change(() => _flash.EraseSector(address), _flash.Part.SectorErase);
                break;
            case 0x52:
                Change(() => _flash.EraseHalfBlock(address), _flash.Part.HalfBlockErase);
                break;
            case 0xD8:
                Change(() => _flash.EraseBlock(address), _flash.Part.BlockErase);
                break;
            case 0x60 or 0xC7:
                Change(_flash.EraseAll, TimeSpan.FromTicks(_flash.Part.ChipErasePerMegabyte.Ticks * _flash.Size >> 20));
                break;
        }
    }

    // Programming wraps inside its page of 256 bytes.
    private void ProgramPage(uint address, byte[] data)
    {
        uint page = address / NorFlash.PageSize * NorFlash.PageSize;
        for (int i = 0; i < data.Length; i++)
        {
            _flash.Program(page + ((address + (uint)i) % NorFlash.PageSize), data, i, 1);
        }
    }

    private void Change(Action action, TimeSpan duration)
    {
        if (!_writeEnabled)
        {
            return;
        }

        action();
        _writeEnabled = false;
        _busyUntil = _now() + _cellTime(duration);
    }

    private void WriteStatus(int first, byte[] values)
    {
        if (!_writeEnabled && !_volatileStatusEnabled)
        {
            return;
        }

        _flash.Status.Write(first, values, forGood: _writeEnabled);
        if (_writeEnabled)
        {
            _busyUntil = _now() + _cellTime(_flash.Part.StatusWrite);
        }

        _writeEnabled = false;
        _volatileStatusEnabled = false;
    }

    private void Reset()
    {
        _writeEnabled = false;
        _volatileStatusEnabled = false;
        _busyUntil = 0;
        _address.Reset();
        _flash.Status.Reset();
    }

    private static void Answer(byte[] answer, params byte[] values)
    {
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = values[i % values.Length];
        }
    }

    private static void Fill(byte[] answer, byte value)
    {
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = value;
        }
    }
}
