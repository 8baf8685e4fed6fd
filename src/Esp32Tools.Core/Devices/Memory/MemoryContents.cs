using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Results;

namespace Esp32Tools.Devices.Memory;

/// <summary>The contents of a range of a chip's address space: RAM, ROM or registers.</summary>
public sealed record MemoryContents
{
    private readonly byte[] _bytes;

    /// <summary>A range with these contents.</summary>
    public MemoryContents(byte[] bytes) => _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));

    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>First address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The word, when exactly one was read; otherwise null.</summary>
    public uint? Value => _bytes.Length == MemoryRules.WordLength ? Words[0] : null;

    /// <summary>The contents as words of four bytes, lowest byte first; bytes behind the last whole word are left out.</summary>
    public ResultList<uint> Words => new(
        Enumerable.Range(0, _bytes.Length / MemoryRules.WordLength).Select(i => LittleEndian.ReadUInt32(_bytes, MemoryRules.WordLength * i)));

    /// <summary>The contents in lowercase hexadecimal; <see cref="GetBytes"/> gives them as bytes.</summary>
    public string Data => Hex.Encode(_bytes);

    /// <summary>The file with the contents; null when they were not written to one.</summary>
    public string? Path { get; init; }

    /// <summary>The contents.</summary>
    public byte[] GetBytes() => _bytes;
}
