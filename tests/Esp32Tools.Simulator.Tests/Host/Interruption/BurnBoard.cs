using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>
/// The eFuses of a virtual board without the wire, which can be cut off at any register write and put back into any state.
/// What is in the other registers stays as the last case left it: nobody may rely on that.
/// </summary>
internal sealed class BurnBoard : IRegisterAccess, IClock
{
    private readonly Esp32Simulator _board;
    private readonly EfuseController _efuse;
    private int _writes;

    public BurnBoard(ChipDefinition chip, bool isCoded, int? revision = null)
    {
        _board = new Esp32Simulator(new SimulatorOptions { Chip = chip.Key, Revision = revision, Clock = new VirtualClock(), Mac = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60] });
        _efuse = _board.Efuse;
        Chip = chip;
        if (isCoded)
        {
            _efuse.Fuses[0][24] |= 1;
        }

        _efuse.Refresh();
        Start = _efuse.Save();
    }

    public ChipDefinition Chip { get; }

    /// <summary>The fuses as they were in the beginning.</summary>
    public byte[] Start { get; }

    /// <summary>The write at which the line goes dead, from 1; 0 for none.</summary>
    public int CutAt { get; set; }

    /// <summary>Called after every write that reached the chip.</summary>
    public Action? Written { get; set; }

    public TimeSpan Now { get; private set; }

    public FuseMap Map => _efuse.Map;

    public byte[] Fuses => _efuse.Save();

    /// <summary>What the read registers show, and the fuses: all that a later session can depend on.</summary>
    public string LiveState => Convert.ToHexString(Fuses) + string.Join(",", Chip.Efuse.Blocks.SelectMany(block => Visible(block.Index)));

    public void Delay(TimeSpan duration, CancellationToken cancellationToken) => Now += duration;

    /// <summary>The power comes back with the fuses in this state.</summary>
    public void PowerUp(byte[] fuses)
    {
        CutAt = _writes = 0;
        Written = null;
        _efuse.Load(fuses);
    }

    /// <summary>The host connects anew; the chip did not notice anything.</summary>
    public void Reconnect()
    {
        CutAt = _writes = 0;
        Written = null;
    }

    public uint[] Visible(int block) => [.. Enumerable.Range(0, Chip.Efuse.Blocks[block].Words).Select(word => _efuse.Read(Chip.Efuse.Base + Chip.Efuse.Blocks[block].ReadOffset + (4 * (uint)word)))];

    /// <summary>The fuses of one block of a whole state.</summary>
    public byte[] BlockOf(byte[] fuses, int block)
    {
        int offset = _efuse.Fuses.Take(block).Sum(each => each.Length);
        return fuses[offset..(offset + _efuse.Fuses[block].Length)];
    }

    public EfuseSnapshot Read() => EfuseReader.Read(this, Chip, CancellationToken.None);

    // The raw block of one chip is where its key goes; what is burned there is judged all the same.
    public EfusePlan Plan(IEnumerable<EfuseRequest> requests) => EfusePlanner.Plan(Read(), requests, new EfusePlanOptions { Allow = [ErrorCode.KeyWithoutPurpose] });

    public EfuseBurnResult Burn(EfusePlan plan) => EfuseBurner.Burn(this, this, Chip, Chip.Efuse.CrystalsMHz[0], plan, CancellationToken.None);

    public uint ReadRegister(uint address, CancellationToken cancellationToken)
    {
        RequireLine();
        return _board.Machine.Bus.Read(address);
    }

    public void WriteRegister(uint address, uint value, uint mask, uint delayAfterMicroseconds, CancellationToken cancellationToken)
    {
        _writes++;
        RequireLine();
        uint old = mask == uint.MaxValue ? 0 : _board.Machine.Bus.Read(address) & ~mask;
        _board.Machine.Bus.Write(address, old | (value & mask));
        Written?.Invoke();
    }

    private void RequireLine()
    {
        if (CutAt > 0 && _writes >= CutAt)
        {
            throw new LoaderException(ErrorCode.ReplyTimeout, "No answer.");
        }
    }
}
