using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>The purposes of a chip, and the blocks that fit them.</summary>
internal sealed class KeyPurposeChecks
{
    private readonly EfuseBurnQueue _queue;
    private readonly EfuseSnapshot _snapshot;

    public KeyPurposeChecks(EfuseBurnQueue queue)
    {
        _queue = queue;
        _snapshot = queue.Snapshot;
    }

    /// <summary>Finds the purpose that a request names; null when a block takes bytes without one.</summary>
    public KeyPurpose? Find(string? name)
    {
        if (name is null)
        {
            return _queue.Chip.KeyPurposes.Any(known => known.Id is not null)
                ? throw Invalid("A key of this chip needs a purpose.", null)
                : null;
        }

        KeyPurpose purpose = KeyPurposeLookup.Find(_queue.Chip, name)
            ?? throw Invalid($"The {_queue.Chip.Name} knows no key purpose '{name}'.", name);
        if (_snapshot.Revision < purpose.MinRevision)
        {
            throw Invalid(
                $"The purpose {purpose.Name} needs revision {purpose.MinRevision / 100}.{purpose.MinRevision % 100} of the {_queue.Chip.Name}; this one is {_snapshot.Revision / 100}.{_snapshot.Revision % 100}.",
                name);
        }

        // A full digest has 32 bytes: with the 24 bytes of 3/4 coding, secure boot does not work.
        if (purpose.IsDigest && _snapshot.CodingScheme == EfuseCodingScheme.ThreeQuarters)
        {
            throw new EfuseException(
                ErrorCode.EfuseCodingScheme,
                $"The purpose {purpose.Name} needs a block of 32 bytes; the 3/4 coding of this chip leaves 24.",
                "Secure boot v2 needs a chip without 3/4 coding.")
            { Target = name };
        }

        return purpose;
    }

    /// <summary>The exception for an unsuitable purpose; it lists the purposes of the chip.</summary>
    public EfuseException Invalid(string message, string? target) => new(
        ErrorCode.KeyPurposeInvalid,
        message,
        $"Purposes of the {_queue.Chip.Name}: {string.Join(", ", _queue.Chip.KeyPurposes.Select(known => known.Name).Concat(_queue.Chip.SplitKeyPurposes.Select(known => known.Name)))}.")
    { Target = target };

    /// <summary>Refuses a block that cannot hold a key for the purpose.</summary>
    public void RequireFits(EfuseBlockFacts block, KeyPurpose? purpose)
    {
        if (block.Index == 0 || (purpose?.Id is not null && !block.HasPurpose && purpose.Block != block.Name))
        {
            throw new EfuseException(ErrorCode.KeyPurposeInvalid, $"{block.Name} is no key block.", "Choose a block that has a purpose.") { Target = block.Name };
        }

        if (purpose?.Block is { } bound && bound != block.Name)
        {
            throw new EfuseException(ErrorCode.KeyPurposeInvalid, $"A key for {purpose.Name} belongs in {bound}, not in {block.Name}.", "Leave the block out.") { Target = block.Name };
        }

        if (_snapshot.Table.FindPurposeOf(block.Index) is { } field
            && _snapshot.GetWholeBitLength(field) is var length
            && purpose!.Id!.Value >> length > 0)
        {
            throw Invalid($"The purpose {purpose.Name} does not fit the {length} bits that the silicon of this {_queue.Chip.Name} has for it.", purpose.Name);
        }

        if (purpose is not null && purpose.NotInBlocks.Contains(block.Name))
        {
            throw new EfuseException(
                ErrorCode.KeyPurposeInvalid,
                $"{block.Name} of the {_queue.Chip.Name} cannot hold a key for {purpose.Name}: its hardware does not find it there.",
                "Choose another key block.")
            { Target = block.Name };
        }
    }

    /// <summary>Refuses a block that already has another purpose.</summary>
    public void RequireCanBe(EfuseBlockFacts block, KeyPurpose? purpose)
    {
        if (_snapshot.Table.FindPurposeOf(block.Index) is not { } field || purpose?.Id is not { } id)
        {
            return;
        }

        ulong present = _snapshot.GetWholeNumber(field);
        if (present != (ulong)id && (!_snapshot.IsWritable(field) || (present & ~(ulong)id) != 0))
        {
            throw new EfuseException(
                ErrorCode.KeyPurposeInvalid,
                $"{field.Name} is {present} on this chip and cannot become {id} ({purpose.Name}).",
                "Choose a block whose purpose is still USER.")
            { Target = field.Name };
        }
    }
}
