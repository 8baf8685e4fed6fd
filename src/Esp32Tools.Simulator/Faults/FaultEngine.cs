using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Faults;

/// <summary>Counts events and reports when a fault of the plan is due.</summary>
internal sealed class FaultEngine
{
    private const byte Damage = 0x55;

    private readonly List<Armed> _armed;

    public FaultEngine(FaultPlan plan) => _armed = [.. plan.Faults.Select(fault => new Armed(fault))];

    /// <summary>Splits bytes at the points where faults happen.</summary>
    public List<WirePiece> Pass(FaultPlace direction, byte[] data, int offset, int count)
    {
        List<WirePiece> pieces = [];
        int end = offset + count;
        while (offset < end)
        {
            Armed? next = null;
            foreach (Armed candidate in On(direction))
            {
                if (candidate.Left <= end - offset && (next is null || candidate.Left < next.Left))
                {
                    next = candidate;
                }
            }

            int run = next is null ? end - offset : (int)next.Left - 1;
            if (run > 0)
            {
                pieces.Add(new(data, offset, run, null));
            }

            foreach (Armed armed in On(direction))
            {
                armed.Left -= run;
            }

            offset += run;
            if (next is not null)
            {
                pieces.AddRange(Happen(direction, data[offset]));
                offset++;
            }
        }

        return pieces;
    }

    /// <summary>Counts a request; returns the refusal that is due for it.</summary>
    public Fault? Refusal(byte command) => Count(FaultKind.Refuse, FaultPlace.Command, command);

    /// <summary>Counts a reply; true when it is lost.</summary>
    public bool LosesReply(byte command) => Count(FaultKind.LoseReply, FaultPlace.Command, command) is not null;

    /// <summary>Counts a write into flash; returns the brown-out that is due in the middle of it.</summary>
    public Fault? BrownOutInWrite() => Count(FaultKind.BrownOut, FaultPlace.FlashWrite, null);

    /// <summary>Counts an erase of flash; true when the supply dips in the middle of it.</summary>
    public bool BreaksErase() => Count(FaultKind.BrownOut, FaultPlace.FlashErase, null) is not null;

    /// <summary>Counts a write into flash; true when a byte of it is written wrongly.</summary>
    public bool SpoilsWrite() => Count(FaultKind.BadProgram, FaultPlace.FlashWrite, null) is not null;

    /// <summary>Counts a digest; true when the reply gives a wrong one.</summary>
    public bool SpoilsDigest() => Count(FaultKind.WrongDigest, FaultPlace.Digest, null) is not null;

    /// <summary>Counts an eFuse burn; true when the supply dips in the middle of it.</summary>
    public bool BreaksBurn() => Count(FaultKind.BrownOut, FaultPlace.EfuseBurn, null) is not null;

    /// <summary>Counts an eFuse burn; true when one of its bits does not take.</summary>
    public bool WeakensBurn() => Count(FaultKind.BadProgram, FaultPlace.EfuseBurn, null) is not null;

    // One byte on which at least one fault is due.
    private IEnumerable<WirePiece> Happen(FaultPlace direction, byte value)
    {
        bool lost = false;
        List<WirePiece> pieces = [];
        foreach (Armed armed in On(direction).ToArray())
        {
            if (!armed.Step())
            {
                continue;
            }

            switch (armed.Fault.Kind)
            {
                case FaultKind.Drop:
                    lost = true;
                    break;
                case FaultKind.Corrupt:
                    value ^= Damage;
                    break;
                default:
                    pieces.Add(new([], 0, 0, armed.Fault));
                    break;
            }
        }

        if (!lost)
        {
            pieces.Add(new([value], 0, 1, null));
        }

        return pieces;
    }

    private Fault? Count(FaultKind kind, FaultPlace place, byte? command)
    {
        Fault? due = null;
        foreach (Armed armed in On(place))
        {
            if (armed.Fault.Kind == kind && (armed.Fault.Command is null || armed.Fault.Command == command) && armed.Step())
            {
                due ??= armed.Fault;
            }
        }

        return due;
    }

    private IEnumerable<Armed> On(FaultPlace place) => _armed.Where(armed => armed.TimesLeft > 0 && armed.Fault.Place == place);

    private sealed class Armed
    {
        public Armed(Fault fault)
        {
            Fault = fault;
            Left = fault.At;
            TimesLeft = fault.Times;
        }

        public Fault Fault { get; }

        /// <summary>Counts left until the fault is due; 1 means the next.</summary>
        public long Left { get; set; }

        public int TimesLeft { get; private set; }

        /// <summary>Counts one event; true when the fault is due.</summary>
        public bool Step()
        {
            if (--Left > 0)
            {
                return false;
            }

            Left = Fault.At;
            TimesLeft--;
            return true;
        }
    }
}
