using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// READ_FLASH of the stub: frames of data, each acknowledged by the host with the number of bytes it has, and a digest of
/// all of them after the last (protocol.md, section 9).
/// </summary>
internal sealed class StubStream
{
    private readonly ChipMachine _chip;
    private readonly FlashCells _cells;
    private readonly uint _start;
    private readonly uint _length;
    private readonly uint _packet;
    private readonly uint _inFlight;
    private uint _sent;
    private uint _acknowledged;

    public StubStream(ChipMachine chip, FlashCells cells, uint start, uint length, uint packet, uint inFlight)
    {
        _chip = chip;
        _cells = cells;
        _start = start;
        _length = length;
        _packet = packet;
        _inFlight = inFlight;
    }

    public bool IsOver { get; private set; }

    public void Begin() => Continue();

    /// <summary>Takes the host's acknowledgement: the number of bytes it has.</summary>
    public void Acknowledge(byte[] frame)
    {
        _acknowledged = LittleEndian.ReadUInt32(frame, 0);
        Continue();
    }

    private void Continue()
    {
        while (_sent < _length && _sent - Math.Min(_sent, _acknowledged) < _packet * _inFlight)
        {
            uint count = Math.Min(_packet, _length - _sent);
            _chip.SendFrame(_cells.Read(_start + _sent, (int)count));
            _sent += count;
        }

        if (_acknowledged < _length)
        {
            return;
        }

        IsOver = true;
        _chip.SendFrame(_cells.Digest(_start, _length, asRead: true));
    }
}
