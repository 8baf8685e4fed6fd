using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>The recorded requests get the recorded answers, byte for byte.</summary>
public sealed class ReplayTests : IDisposable
{
    private const byte ChangeBaudRate = 0x0F;

    private readonly string _efuseFile = Path.GetTempFileName();

    public static TheoryData<string> All => [.. Recording.Names];

    public void Dispose() => File.Delete(_efuseFile);

    [Theory]
    [MemberData(nameof(All))]
    public void Recorded_requests_get_the_recorded_answers(string name)
    {
        Recording recording = Recording.Load(name);
        Recording first = recording.Predecessor ?? recording;
        var board = new Esp32Simulator(RecordedChip.For(first, _efuseFile));
        using var host = new WireHost(board);
        if (recording.Predecessor is { } before)
        {
            Play(before, board, host);
            foreach (KeyValuePair<uint, uint> word in RecordedChip.LeftBehind(recording))
            {
                board.Machine.Bus.Write(word.Key, word.Value);
            }
        }

        List<byte[]> actual = Play(recording, board, host);
        Compare(recording, actual);
        CompareUnframed(recording, host);
        if (recording.FusesAfter is { } fuses)
        {
            byte[] found = [.. board.GetChip().Efuse.Blocks.SelectMany(block => board.ReadEfuseBlock(block.Index)[..(4 * block.Words)])];
            Assert.Equal(Convert.ToHexString(fuses), Convert.ToHexString(found));
        }
    }

    private static List<byte[]> Play(Recording recording, Esp32Simulator board, WireHost host)
    {
        board.PowerCycle();
        if (recording.BeginsSynced)
        {
            host.Receive();
            host.Sync();
            if (recording.IsStub)
            {
                host.StartStub(ChipCatalog.ByName(recording.Chip).MemoryMap.First(region => region.Name == "IRAM").Start);
            }
        }

        List<byte[]> frames = [];
        byte[][] requests = [.. recording.Frames.Where(frame => frame.FromHost).Select(frame => frame.Bytes)];
        if (recording.IsOneWrite)
        {
            // One write on the wire: the good request stands right behind the rubbish.
            host.Send(requests);
            requests = [];
        }

        frames.AddRange(host.Receive());
        foreach (byte[] request in requests)
        {
            host.Send(request);
            frames.AddRange(host.Receive());
            if (request is [0, ChangeBaudRate, ..])
            {
                host.Port.SetBaudRate(BitConverter.ToInt32(request, 8), CancellationToken.None);
            }
        }

        return frames;
    }

    private static void Compare(Recording recording, List<byte[]> actual)
    {
        ChipDefinition chip = ChipCatalog.ByName(recording.Chip);
        uint commandRegister = chip.Efuse.Base + chip.Efuse.Command;
        List<string> expected = [];
        List<string> found = [];
        bool polls = false;
        int at = 0;
        foreach (RecordedFrame frame in recording.Frames.Where(frame => frame.IsFramed))
        {
            if (frame.FromHost)
            {
                polls = frame.IsReadRegister && frame.Word(8) == commandRegister;
                continue;
            }

            byte[] wanted = (byte[])frame.Bytes.Clone();
            byte[] got = at < actual.Count ? (byte[])actual[at].Clone() : [];
            at++;
            if (polls && wanted.Length >= 8 && got.Length >= 8)
            {
                // How often a burn is still busy when asked depends on how fast the emulator and its host were.
                wanted.AsSpan(4, 4).Clear();
                got.AsSpan(4, 4).Clear();
            }

            expected.Add(Convert.ToHexString(wanted));
            found.Add(Convert.ToHexString(got));
        }

        found.AddRange(actual.Skip(at).Select(Convert.ToHexString));
        Assert.Equal(expected, found);
    }

    private static void CompareUnframed(Recording recording, WireHost host)
    {
        string said = Encoding.ASCII.GetString([.. host.Unframed]);
        foreach (RecordedFrame frame in recording.Frames.Where(frame => !frame.IsFramed && !frame.FromHost))
        {
            // Of a crash only the first line is the ROM's; the rest are registers of a processor that is not simulated.
            string recorded = Encoding.ASCII.GetString(frame.Bytes);
            bool isCrash = recorded.StartsWith("Guru", StringComparison.Ordinal);
            Assert.Contains(isCrash ? recorded[..(recorded.IndexOf('\n') + 1)] : recorded, said, StringComparison.Ordinal);
        }
    }
}
