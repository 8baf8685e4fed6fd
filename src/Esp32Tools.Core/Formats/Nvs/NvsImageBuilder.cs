using System;
using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Packs values into an NVS partition, byte for byte as the vendor's generator does: values keep their order, and one that does
/// not fit the rest of a page begins the next. A partition of three pages or more keeps its last page free, which the firmware
/// needs for writing; a smaller one is read-only and uses all its pages.
/// </summary>
public sealed class NvsImageBuilder
{
    private readonly byte[] _image;
    private readonly byte _version;
    private readonly int _pages;
    private readonly Dictionary<string, byte> _namespaces = [];
    private readonly HashSet<(byte, string)> _keys = [];
    private readonly List<string> _warnings = [];
    private readonly NvsWriter _writer;
    private uint _pagesUsed;

    /// <summary>An empty partition.</summary>
    /// <param name="size">Size of the partition in bytes: a multiple of 4096. From 0x3000 on the firmware can write to it.</param>
    /// <param name="version">Version of the format: 2, or 1 for ESP-IDF before 4.0, where a blob cannot exceed a page.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/></exception>
    public NvsImageBuilder(int size, int version = 2)
    {
        if (size <= 0 || size % NvsFormat.PageSize != 0)
        {
            throw new InputException(
                ErrorCode.ValueInvalid,
                $"An NVS partition cannot have 0x{size:X} bytes: they are no multiple of 0x{NvsFormat.PageSize:X}.",
                $"Give the size of the partition; 0x{NvsFormat.SmallestWritableSize:X} is the least that the firmware can write to.");
        }

        if (size > FlashLayout.Largest)
        {
            throw new InputException(
                ErrorCode.ValueInvalid,
                $"An NVS partition of {FlashLayout.SizeText(size)} fits no flash: the largest has {FlashLayout.SizeText(FlashLayout.Largest)}.",
                "Give the size of the partition in the partition table.");
        }

        _version = version switch
        {
            1 => NvsFormat.Version1,
            2 => NvsFormat.Version2,
            _ => throw new InputException(ErrorCode.ValueInvalid, $"NVS has no format version {version}.", "Give 2, or 1 for ESP-IDF before 4.0."),
        };
        _image = NvsFormat.Blank(size);
        _pages = NvsFormat.PagesForValues(size);
        _writer = new NvsWriter(_version, NextPage);
    }

    /// <summary>Warnings: keys that were given twice.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a value, and its namespace if needed.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.NvsFull"/>; <see cref="ErrorCode.NvsItemInvalid"/>: too many namespaces, or a value too long for the version.
    /// </exception>
    public void Add(NvsItem item)
    {
        try
        {
            byte nameSpace = NamespaceOf(item.Namespace);
            if (item.Type != NvsType.Namespace)
            {
                if (!_keys.Add((nameSpace, item.Key)))
                {
                    _warnings.Add($"The key '{item.Key}' is given more than once in the namespace '{item.Namespace}'. The firmware may read any of them.");
                }

                _writer.Write(nameSpace, item);
            }
        }
        catch (InputException error)
        {
            throw NvsErrors.At(item.ToString(), error, item.ToString());
        }
    }

    /// <summary>
    /// The image. From three pages on it has the size of the partition; below that it ends with the last page used, as with the
    /// vendor's generator.
    /// </summary>
    public byte[] ToBytes()
    {
        int length = _image.Length >= NvsFormat.SmallestWritableSize ? _image.Length : (int)_pagesUsed * NvsFormat.PageSize;
        byte[] bytes = new byte[length];
        Array.Copy(_image, bytes, length);
        return bytes;
    }

    private byte NamespaceOf(string name)
    {
        if (_namespaces.TryGetValue(name, out byte known))
        {
            return known;
        }

        if (_namespaces.Count == NvsFormat.LastNamespace)
        {
            throw NvsErrors.NoNamespaceLeft(name);
        }

        byte number = (byte)(_namespaces.Count + 1);
        _writer.WriteNamespace(name, number);
        _namespaces.Add(name, number);
        return number;
    }

    private NvsPageWriter NextPage()
    {
        if (_pagesUsed == _pages)
        {
            throw NvsErrors.Full(_image.Length, _pages);
        }

        int offset = (int)_pagesUsed * NvsFormat.PageSize;
        return NvsPageWriter.Begin(_image, offset, _pagesUsed++, _version);
    }
}
