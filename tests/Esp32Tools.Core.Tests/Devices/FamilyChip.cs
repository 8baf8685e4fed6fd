using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Core.Tests.Devices;

/// <summary>
/// Any chip of the catalogue: the recorded ESP32-C3, but for what it says it is. Registers that nobody set are zero; what is
/// written to them is noted.
/// </summary>
internal sealed class FamilyChip
{
    private static readonly byte[] s_greeting = "OHAI"u8.ToArray();

    private readonly Dictionary<uint, uint> _words = [];

    public FamilyChip(string key, TransportTraits? traits = null, uint flags = 0)
    {
        Definition = ChipCatalog.ByName(key);
        Rom = new RecordedChip("esp32c3-rom-connect-detect", new ScriptedTransport(traits)) { FollowsBaudRate = true };
        var info = new byte[Definition.Loader.RomSecurityInfoLength];
        BinaryPrimitives.WriteUInt32LittleEndian(info, flags);
        if (info.Length == SecurityInfo.FullLength)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(12), (uint)Definition.ImageChipId);
        }

        if (Definition.MagicValue is uint magic)
        {
            Rom.SetRegister(ChipDefinition.MagicRegister, magic);
        }

        Rom.Override = payload => Answer((LoaderCommand)payload[1], info);
    }

    public ChipDefinition Definition { get; }

    public RecordedChip Rom { get; }

    public ScriptedTransport Port => Rom.Transport;

    /// <summary>True to start a stub when READ_FLASH_SLOW is asked, and not on a jump.</summary>
    public bool StartsStubByPointer { get; set; }

    /// <summary>Registers written, in order, with value and mask.</summary>
    public IEnumerable<(uint Register, uint Value, uint Mask)> Writes => Sent(LoaderCommand.WriteRegister).SelectMany(
        payload => Enumerable.Range(0, (payload.Length - 8) / 16).Select(i => (Word(payload, 4 * i), Word(payload, (4 * i) + 1), Word(payload, (4 * i) + 2))));

    /// <summary>Frames of one command.</summary>
    public IEnumerable<byte[]> Sent(LoaderCommand command) => Port.Written.Where(payload => payload[1] == (byte)command);

    /// <summary>A word of the body of a request.</summary>
    public static uint Word(byte[] payload, int index) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(8 + (4 * index)));

    /// <summary>Gives a field a value.</summary>
    public FamilyChip With(BitField field, uint value)
    {
        foreach (BitPart part in field.Parts)
        {
            uint mask = part.Width == 32 ? uint.MaxValue : (1u << part.Width) - 1;
            With(part.Register, _words.GetValueOrDefault(part.Register) | ((value & mask) << part.Shift));
            value = part.Width == 32 ? 0 : value >> part.Width;
        }

        return this;
    }

    /// <summary>Gives a register a value.</summary>
    public FamilyChip With(uint register, uint value)
    {
        _words[register] = value;
        Rom.SetRegister(register, value);
        return this;
    }

    /// <summary>Gives the chip a silicon revision.</summary>
    public FamilyChip WithRevision(int revision) =>
        With(Definition.Identity.MajorRevision, (uint)revision / 100).With(Definition.Identity.MinorRevision, (uint)revision % 100);

    private bool Answer(LoaderCommand command, byte[] info)
    {
        switch (command)
        {
            case LoaderCommand.GetSecurityInfo:
                Rom.Reply(command, data: info);
                return true;
            case LoaderCommand.MemEnd when StartsStubByPointer:
                Rom.Reply(command);
                return true;
            case LoaderCommand.ReadFlashSlow when StartsStubByPointer:
                Rom.IsStub = true;
                Port.ArriveFrame(s_greeting);
                return true;
            default:
                return false;
        }
    }
}
