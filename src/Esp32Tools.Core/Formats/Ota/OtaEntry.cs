using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// One of the two entries of otadata, at the beginning of a sector of its own.
/// <code>
/// offset  0          4                    24      28
///       | sequence | label, ignored      | state | CRC of the sequence |
/// bytes   4          20                   4       4
/// </code>
/// Numbers are little-endian. Source: ESP-IDF, esp_flash_partitions.h.
/// </summary>
public sealed class OtaEntry
{
    internal const int Size = 32;

    /// <summary>The sequence number of an entry that was never written.</summary>
    internal const uint NoSequence = uint.MaxValue;

    private const int SequenceSize = 4;
    private const int StateOffset = 24;
    private const int CrcOffset = 28;

    private OtaEntry(uint sequence, OtaState state, uint crc)
    {
        Sequence = sequence;
        State = state;
        Crc = crc;
    }

    /// <summary>
    /// The sequence number: the usable entry with the higher number decides. 0xFFFFFFFF when nothing was written.
    /// </summary>
    public uint Sequence { get; }

    /// <summary>State of its application; unknown numbers count as <see cref="OtaState.Undefined"/>.</summary>
    public OtaState State { get; }

    /// <summary>The CRC in the entry.</summary>
    public uint Crc { get; }

    /// <summary>True when the CRC matches the sequence number.</summary>
    public bool IsCrcValid => Crc == CrcOf(Sequence);

    /// <summary>True when the bootloader considers it: it has a sequence number, and the application has not failed.</summary>
    public bool IsCandidate => Sequence != NoSequence && State is not (OtaState.Invalid or OtaState.Aborted);

    /// <summary>True when it can decide.</summary>
    public bool IsUsable => IsCandidate && IsCrcValid;

    /// <summary>True when it has a sequence number, regardless of its state.</summary>
    internal bool HasSequence => Sequence != NoSequence && IsCrcValid;

    internal static OtaEntry Parse(byte[] bytes, int offset) => new(
        LittleEndian.ReadUInt32(bytes, offset),
        (OtaState)LittleEndian.ReadUInt32(bytes, offset + StateOffset),
        LittleEndian.ReadUInt32(bytes, offset + CrcOffset));

    /// <summary>Writes an entry with the right CRC, and keeps its label.</summary>
    internal static void Write(byte[] bytes, int offset, uint sequence, OtaState state)
    {
        LittleEndian.WriteUInt32(bytes, offset, sequence);
        LittleEndian.WriteUInt32(bytes, offset + StateOffset, (uint)state);
        LittleEndian.WriteUInt32(bytes, offset + CrcOffset, CrcOf(sequence));
    }

    private static uint CrcOf(uint sequence)
    {
        byte[] bytes = new byte[SequenceSize];
        LittleEndian.WriteUInt32(bytes, 0, sequence);
        return Crc32.Of(bytes, 0, bytes.Length, previous: uint.MaxValue);
    }
}
