using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Devices.Memory;

/// <summary>The contents of a range of a chip's address space: RAM, ROM or registers.</summary>
public sealed record MemoryContents
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>First address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public int Length => Data.Length;

    /// <summary>The word, when exactly one was read; otherwise null.</summary>
    public uint? Value => Data.Length == MemoryRules.WordLength ? Words[0] : null;

    /// <summary>The contents as words of four bytes, lowest byte first; bytes behind the last whole word are left out.</summary>
    public uint[] Words =>
        [.. Enumerable.Range(0, Data.Length / MemoryRules.WordLength).Select(i => LittleEndian.ReadUInt32(Data, MemoryRules.WordLength * i))];

    /// <summary>The contents.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The file with the contents; null when they were not written to one.</summary>
    public string? Path { get; init; }
}
