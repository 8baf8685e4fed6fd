using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// The contents of an otadata partition: two sectors with one entry each, so that one is valid while the other is written.
/// Immutable: changes return a new instance.
/// </summary>
public sealed class OtaData
{
    /// <summary>Size of both copies in bytes.</summary>
    public const int Size = Copies * SectorSize;

    /// <summary>Size of a copy in bytes.</summary>
    public const int SectorSize = 0x1000;

    internal const int Copies = 2;

    private readonly byte[] _bytes;

    private OtaData(byte[] bytes)
    {
        _bytes = bytes;
        Entries = [OtaEntry.Parse(bytes, 0), OtaEntry.Parse(bytes, SectorSize)];
    }

    /// <summary>Erased otadata.</summary>
    public static OtaData Erased { get; } = new([.. Enumerable.Repeat((byte)0xFF, Size)]);

    /// <summary>Both entries.</summary>
    public IReadOnlyList<OtaEntry> Entries { get; }

    /// <summary>Reads a partition.</summary>
    /// <param name="bytes">Its contents; bytes after the second sector are ignored.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageTruncated"/>: there are fewer than two sectors.</exception>
    public static OtaData Parse(byte[] bytes) => bytes.Length >= Size
        ? new OtaData([.. bytes.Take(Size)])
        : throw new InputException(
            ErrorCode.ImageTruncated, $"Otadata has two sectors, 0x{Size:X} bytes, and there are 0x{bytes.Length:X}.", "Read the partition again.");

    /// <summary>The contents, <see cref="Size"/> bytes.</summary>
    public byte[] ToBytes() => (byte[])_bytes.Clone();

    /// <summary>The contents of one copy, <see cref="SectorSize"/> bytes.</summary>
    /// <param name="copy">0 or 1.</param>
    public byte[] ToBytes(int copy) => [.. _bytes.Skip(copy * SectorSize).Take(SectorSize)];

    /// <summary>The application that a bootloader selects.</summary>
    /// <param name="layout">The applications to choose from.</param>
    /// <param name="withRollback">
    /// True for a bootloader built with rollback. This matters only while an entry is
    /// <see cref="OtaState.PendingVerify"/>, which nothing else writes.
    /// </param>
    public OtaDecision Decide(OtaLayout layout, bool withRollback = true) => OtaBoot.Decide(this, layout, withRollback);

    /// <summary>The slot that a copy names, regardless of its state; null for none.</summary>
    /// <param name="copy">0 or 1.</param>
    /// <param name="layout">The applications to choose from.</param>
    public int? SlotOf(int copy, OtaLayout layout) =>
        Entries[copy].HasSequence && layout.Slots.Count > 0 ? OtaBoot.SlotOf(Entries[copy].Sequence, layout) : null;

    /// <summary>
    /// The same, with another entry in one copy; the rest of its sector is blank for a new entry, else unchanged.
    /// </summary>
    internal OtaData With(int copy, uint sequence, OtaState state, bool keepsRest)
    {
        byte[] bytes = keepsRest ? ToBytes() : WithErased(copy)._bytes;
        OtaEntry.Write(bytes, copy * SectorSize, sequence, state);
        return new OtaData(bytes);
    }

    /// <summary>The same, with one copy erased.</summary>
    internal OtaData WithErased(int copy)
    {
        byte[] bytes = ToBytes();
        for (int i = 0; i < SectorSize; i++)
        {
            bytes[(copy * SectorSize) + i] = byte.MaxValue;
        }

        return new OtaData(bytes);
    }

    /// <summary>The same, with another state in one copy.</summary>
    internal OtaData WithState(int copy, OtaState state) => With(copy, Entries[copy].Sequence, state, keepsRest: true);
}
