using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>The current or future place of a chip's flash encryption key.</summary>
internal sealed class FlashKeyPlacement
{
    private const int PartLength = 32;

    private readonly EfuseSnapshot _snapshot;
    private readonly IReadOnlyList<FlashKeyForm> _forms;
    private readonly FlashKeyForm? _present;
    private readonly IReadOnlyList<EfuseBlockFacts> _blocks;

    public FlashKeyPlacement(EfuseSnapshot snapshot)
    {
        _snapshot = snapshot;
        _forms = FlashKeyForm.Of(snapshot);
        _present = _forms.FirstOrDefault(form => form.FindIn(snapshot) is not null);
        _blocks = _present?.FindIn(snapshot) ?? [];
    }

    /// <summary>True when a key is in the chip.</summary>
    public bool IsInChip => _present is not null;

    /// <summary>Names of its blocks.</summary>
    public string Blocks => string.Join(" and ", _blocks.Select(block => block.Name));

    /// <summary>True when a key is in the chip and cannot be read, not even a part of it.</summary>
    public bool IsHidden => _present is { } form && _blocks.Where((block, i) => FlashKeyForm.IsHidden(_snapshot, block, form.Purposes[i])).Any();

    /// <summary>Length of a new key in bytes.</summary>
    /// <param name="wanted">The requested length; null for the default.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.KeyLength"/></exception>
    public int NewLength(int? wanted)
    {
        int length = wanted ?? _forms[0].Length;
        RequireForm(length);
        return length;
    }

    /// <summary>The key read from the eFuses: an interrupted burn leaves it readable. Null when it cannot be read.</summary>
    public FlashKey? TryRead()
    {
        if (_present is not { } form || IsHidden)
        {
            return null;
        }

        byte[][] parts = [.. _blocks.Select((block, i) => FlashKeyForm.Read(_snapshot, block, form.Purposes[i]))];
        byte[] bytes = [.. parts.SelectMany(part => part)];
        try
        {
            return new FlashKey(bytes);
        }
        finally
        {
            foreach (byte[] part in parts.Append(bytes))
            {
                Array.Clear(part, 0, part.Length);
            }
        }
    }

    /// <summary>The requests that put the key into the chip with all its protections.</summary>
    /// <param name="key">The key; null for an unknown key in the chip.</param>
    /// <param name="wanted">Requested block; null for the default.</param>
    /// <exception cref="EfuseException">
    /// <see cref="ErrorCode.KeyLength"/>; <see cref="ErrorCode.FlashKeyMismatch"/>, <see cref="ErrorCode.KeyBlockInUse"/>: the
    /// chip holds another key, or holds the key in another block.
    /// </exception>
    public IReadOnlyList<EfuseRequest> Requests(FlashKey? key, string? wanted)
    {
        if (wanted is not null && IsInChip && !_blocks.Any(block => block.Name == wanted || block.Aliases.Contains(wanted) || $"BLOCK{block.Index}" == wanted))
        {
            throw new EfuseException(
                ErrorCode.KeyBlockInUse, $"The flash encryption key of this {_snapshot.Chip.Name} is in {Blocks} already, not in {wanted}.", "Leave the block out.")
            { Target = wanted };
        }

        if (key is null)
        {
            return [.. _blocks.Select(WriteProtection)];
        }

        FlashKeyForm form = RequireForm(key.Length);
        // Readable data is compared byte by byte during planning; half of an unfinished key looks like a shorter one.
        if (_present is not null && _present != form && IsHidden)
        {
            throw new EfuseException(
                ErrorCode.FlashKeyMismatch,
                $"The flash encryption key in {Blocks} of this {_snapshot.Chip.Name} has {_present.Length} bytes, and the given one {key.Length}.",
                "A chip keeps its key for good: find the key that belongs to it.")
            { Target = Blocks };
        }

        byte[] bytes = key.Reveal();
        try
        {
            return [.. form.Purposes.Select((purpose, i) => Request(purpose, Part(bytes, i, form.Purposes.Count), i == 0 ? wanted : null))];
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    private EfuseRequest Request(KeyPurpose purpose, byte[] part, string? wanted)
    {
        try
        {
            EfuseBlockFacts? own = FlashKeyForm.Candidates(_snapshot, purpose).FirstOrDefault();
            if (own is not null && FlashKeyForm.IsHidden(_snapshot, own, purpose))
            {
                return WriteProtection(own);
            }

            // A burn interrupted between key and purpose leaves the key in a block without a purpose: it continues there.
            own ??= _snapshot.Chip.Efuse.Blocks.FirstOrDefault(block => _snapshot.GetPurpose(block.Index) == 0
                && FlashKeyForm.Read(_snapshot, block, purpose).SequenceEqual(part));
            return new EfuseKeyRequest { Key = new EfuseKey(part), Purpose = purpose.Name, Block = own?.Name ?? wanted };
        }
        finally
        {
            Array.Clear(part, 0, part.Length);
        }
    }

    private FlashKeyForm RequireForm(int length) => _forms.FirstOrDefault(form => form.Length == length) ?? throw new EfuseException(
        ErrorCode.KeyLength,
        $"A flash encryption key of this {_snapshot.Chip.Name} has {string.Join(" or ", _forms.Select(form => form.Length))} bytes, not {length}.",
        _snapshot.CodingScheme == EfuseCodingScheme.ThreeQuarters ? "This chip has 3/4 coding, which shortens its blocks." : "Check that it is the key itself and not text of it.");

    private static EfuseProtectionRequest WriteProtection(EfuseBlockFacts block) => new() { Name = block.Name, Protection = EfuseProtection.Write };

    private static byte[] Part(byte[] bytes, int index, int count)
    {
        byte[] part = new byte[count == 1 ? bytes.Length : PartLength];
        Array.Copy(bytes, index * PartLength, part, 0, part.Length);
        return part;
    }
}
