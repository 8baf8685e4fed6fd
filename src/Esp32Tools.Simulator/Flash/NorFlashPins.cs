using System;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// A NOR flash seen from its pins: one command a transfer, with write enable, status registers, power-down and reset as
/// the data sheets have it (Winbond W25Q32JV, section 8). Commands that a part without write enable would ignore are
/// ignored here.
/// </summary>
internal sealed class NorFlashPins
{
    private const byte Busy = 0x01;
    private const byte WriteEnableLatch = 0x02;

    private readonly NorFlash _flash;
    private readonly Func<long> _now;
    private readonly Func<TimeSpan, long> _cellTime;
    private readonly byte[] _sfdp;
    private readonly byte[] _status = new byte[3];
    private readonly byte[] _storedStatus = new byte[3];
    private long _busyUntil;
    private bool _writeEnabled;
    private bool _volatileStatusEnabled;
    private bool _poweredDown;
    private bool _resetEnabled;

    /// <param name="flash">The cells.</param>
    /// <param name="now">The chip's time in ticks of 100 ns.</param>
    /// <param name="cellTime">Ticks a cell operation takes; 0 when the board keeps no time.</param>
    public NorFlashPins(NorFlash flash, Func<long> now, Func<TimeSpan, long> cellTime)
    {
        _flash = flash;
        _now = now;
        _cellTime = cellTime;
        _sfdp = Sfdp.For(flash.Part);
    }

    /// <summary>Carries out one command.</summary>
    /// <param name="opcode">First byte.</param>
    /// <param name="address">Address sent, 0 when there was none.</param>
    /// <param name="sent">Data sent behind the address.</param>
    /// <param name="answer">Filled with what the part sends back.</param>
    public void Transfer(byte opcode, uint address, byte[] sent, byte[] answer)
    {
        Fill(answer, 0xFF);
        if (_poweredDown && opcode != 0xAB)
        {
            return;
        }

        bool resetNow = _resetEnabled && opcode == 0x99;
        _resetEnabled = opcode == 0x66;
        if (IsBusy && opcode is not (0x05 or 0x35 or 0x15 or 0x66 or 0x99))
        {
            return;
        }

        switch (opcode)
        {
            case 0x9F:
                Answer(answer, _flash.Part.Manufacturer, _flash.Part.MemoryType, _flash.Part.CapacityCode);
                break;
            case 0x5A:
                for (int i = 0; i < answer.Length; i++)
                {
                    long at = address + i;
                    answer[i] = at < _sfdp.Length ? _sfdp[at] : (byte)(_flash.Part.HasSfdp ? 0xFF : 0);
                }

                break;
            case 0x05:
                Fill(answer, (byte)(_status[0] | (IsBusy ? Busy : 0) | (_writeEnabled ? WriteEnableLatch : 0)));
                break;
            case 0x35:
                Fill(answer, _status[1]);
                break;
            case 0x15:
                Fill(answer, _status[2]);
                break;
            case 0x01:
                WriteStatus(0, sent);
                break;
            case 0x31:
                WriteStatus(1, sent);
                break;
            case 0x11:
                WriteStatus(2, sent);
                break;
            case 0x06:
                _writeEnabled = true;
                break;
            case 0x50:
                _volatileStatusEnabled = true;
                break;
            case 0x04:
                _writeEnabled = false;
                _volatileStatusEnabled = false;
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
            case 0xD8:
                Change(() => _flash.EraseBlock(address), _flash.Part.BlockErase);
                break;
            case 0x60 or 0xC7:
                Change(_flash.EraseAll, TimeSpan.FromTicks(_flash.Part.ChipErasePerMegabyte.Ticks * _flash.Size >> 20));
                break;
            case 0xB9:
                _poweredDown = true;
                break;
            case 0xAB:
                _poweredDown = false;
                break;
            case 0x99 when resetNow:
                Reset();
                break;
        }
    }

    private bool IsBusy => _now() < _busyUntil;

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

        for (int i = 0; i < values.Length && first + i < _status.Length; i++)
        {
            // BUSY and WEL are the part's own.
            byte mask = (byte)(first + i == 0 ? ~(Busy | WriteEnableLatch) : 0xFF);
            _status[first + i] = (byte)(values[i] & mask);
            if (_writeEnabled)
            {
                _storedStatus[first + i] = _status[first + i];
            }
        }

        _writeEnabled = false;
        _volatileStatusEnabled = false;
    }

    private void Reset()
    {
        _writeEnabled = false;
        _volatileStatusEnabled = false;
        _busyUntil = 0;
        Buffer.BlockCopy(_storedStatus, 0, _status, 0, _status.Length);
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
