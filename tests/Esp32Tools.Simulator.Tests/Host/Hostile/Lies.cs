using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Simulator.Tests.Host.Hostile;

/// <summary>The ways in which a peer lies. What is not named here passes as it is.</summary>
internal static class Lies
{
    /// <summary>No lie: everything passes as it is.</summary>
    public const string None = "nothing";

    private const int Header = 8;

    /// <summary>All of them: a name, and how one is made for a chip and its loader.</summary>
    public static IReadOnlyDictionary<string, Func<ChipDefinition, bool, Lie>> All { get; } = new Dictionary<string, Func<ChipDefinition, bool, Lie>>
    {
        ["each second answer swallowed"] = (_, _) => Swallow(2),
        ["each fifth answer swallowed"] = (_, _) => Swallow(5),
        ["each ninth answer twice"] = (_, _) => Counted(9, frame => [frame, frame]),
        ["digests wrong"] = (_, _) => OfCommand(LoaderCommand.SpiFlashMd5, frame => Put(frame, Header, (byte)(frame[Header] == '0' ? '1' : '0'))),
        ["digests all the same"] = (_, isStub) => OfCommand(LoaderCommand.SpiFlashMd5, frame => Filled(frame, isStub ? 16 : 32)),
        ["digests short"] = (_, isStub) => OfCommand(LoaderCommand.SpiFlashMd5, frame => Cut(frame, isStub ? 8 : 16)),
        ["digests long"] = (_, _) => OfCommand(LoaderCommand.SpiFlashMd5, frame => Insert(frame, Header, 16)),
        ["digests not there"] = (_, isStub) => OfCommand(LoaderCommand.SpiFlashMd5, frame => Cut(frame, isStub ? 16 : 32)),
        ["lengths one more"] = (_, _) => Answers(frame => Put(frame, 2, (byte)(frame[2] + 1))),
        ["lengths one less, sometimes"] = (_, _) => Counted(7, frame => [Put(frame, 2, (byte)(frame[2] - 1))]),
        ["lengths of 65535"] = (_, _) => OfCommand(LoaderCommand.ReadRegister, frame => Put(Put(frame, 2, 0xFF), 3, 0xFF)),
        ["answers without a status"] = (_, _) => OfCommand(LoaderCommand.ReadRegister, frame => frame[..Header]),
        ["flash contents longer than asked"] = (_, _) => FlashContents(frame => [.. frame, .. new byte[16]]),
        ["flash contents shorter than asked"] = (_, _) => FlashContents(frame => frame[..(frame.Length / 2)]),
        ["flash contents changed"] = (_, isStub) => FlashContents(frame => isStub ? Put(frame, frame.Length / 2, (byte)~frame[frame.Length / 2]) : frame),
        ["a chip that there is not"] = (chip, _) => Chip(chip, 0x7777, 0x1234_5678),
        ["another chip"] = (chip, _) => Chip(chip, 13, 0x0000_07C6),
        ["a flash id without sense"] = (chip, _) => Registers((uint)(chip.Spi.Base + chip.Spi.Data), 4, 0x0055_AA99),
        ["eFuses of another chip"] = (chip, _) => Registers(chip.Efuse.Base, (uint)chip.Efuse.RegisterSpace, 0xA5A5_5A5A),
    };

    /// <summary>How a lie is made, by its name or <see cref="None"/>.</summary>
    public static Func<ChipDefinition, bool, Lie> Get(string name) => name == None ? (_, _) => (_, frame) => [frame] : All[name];

    private static Lie Swallow(int nth) => Counted(nth, _ => []);

    // Counted from the first one behind the syncs: a peer that never gets so far tells nothing.
    private static Lie Counted(int nth, Func<byte[], IEnumerable<byte[]>> change)
    {
        int count = 0;
        return (_, frame) => IsAnswer(frame) && frame[1] != (byte)LoaderCommand.Sync && ++count % nth == 0 ? change(frame) : [frame];
    }

    private static Lie Answers(Func<byte[], byte[]> change) =>
        (_, frame) => [IsAnswer(frame) && frame[1] != (byte)LoaderCommand.Sync ? change(frame) : frame];

    // A refusal has no digest.
    private static Lie OfCommand(LoaderCommand command, Func<byte[], byte[]> change) => (_, frame) =>
        [IsAnswer(frame) && frame[1] == (byte)command && (command != LoaderCommand.SpiFlashMd5 || frame.Length > Header + 16) ? change(frame) : frame];

    // The stub's packets are bare; the ROM's are answers with 64 bytes.
    private static Lie FlashContents(Func<byte[], byte[]> change) => (request, frame) => (LoaderCommand)request[1] switch
    {
        LoaderCommand.ReadFlash when !IsAnswer(frame) => [change(frame)],
        LoaderCommand.ReadFlashSlow when IsAnswer(frame) && frame.Length > 64 => [Sized(change(frame))],
        _ => [frame],
    };

    private static Lie Chip(ChipDefinition chip, uint id, uint magic)
    {
        Lie register = Registers(ChipDefinition.MagicRegister, 4, magic, isValue: true);
        return (request, frame) => IsAnswer(frame) && frame[1] == (byte)LoaderCommand.GetSecurityInfo && frame.Length > Header + 20
            ? [Put(Put(frame, Header + 12, (byte)id), Header + 13, (byte)(id >> 8))]
            : chip.MagicValue is null ? [frame] : register(request, frame);
    }

    private static Lie Registers(uint start, uint length, uint value, bool isValue = false) => (request, frame) =>
    {
        bool isMine = IsAnswer(frame) && frame[1] == (byte)LoaderCommand.ReadRegister && request.Length >= Header + 4
            && BitConverter.ToUInt32(request, Header) is uint address && address >= start && address < start + length;
        if (!isMine)
        {
            return [frame];
        }

        byte[] changed = (byte[])frame.Clone();
        BitConverter.TryWriteBytes(changed.AsSpan(4), isValue || length == 4 ? value : value ^ BitConverter.ToUInt32(frame, 4));
        return [changed];
    };

    private static bool IsAnswer(byte[] frame) => LoaderReply.TryParse(frame) is not null;

    private static byte[] Put(byte[] frame, int at, byte value) => [.. frame[..at], value, .. frame[(at + 1)..]];

    private static byte[] Filled(byte[] frame, int count) => [.. frame[..Header], .. Enumerable.Repeat((byte)'0', count), .. frame[(Header + count)..]];

    private static byte[] Cut(byte[] frame, int count) => Sized([.. frame[..Header], .. frame[(Header + count)..]]);

    private static byte[] Insert(byte[] frame, int at, int count) => Sized([.. frame[..at], .. Enumerable.Repeat((byte)0x31, count), .. frame[at..]]);

    private static byte[] Sized(byte[] frame) => Put(Put(frame, 2, (byte)(frame.Length - Header)), 3, (byte)((frame.Length - Header) >> 8));
}
