using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>Something to burn, and what the states on the way to it are judged by.</summary>
internal sealed class BurnCase
{
    public required string Name { get; init; }

    /// <summary>Makes the requests; every run needs keys of its own.</summary>
    public required Func<EfuseRequest[]> Requests { get; init; }

    /// <summary>True for an ESP32 whose blocks have 3/4 coding.</summary>
    public bool IsCoded { get; init; }

    /// <summary>True where the block of a key, or of its second half, is not named.</summary>
    public bool AnyBlock { get; init; }

    /// <summary>The silicon it is burned on: the virtual chip's usual one, or the first that has all of its purposes.</summary>
    public int RevisionOf(ChipDefinition chip)
    {
        string?[] names = [.. Requests().OfType<EfuseKeyRequest>().Select(request => request.Purpose)];
        string?[] halves = [.. chip.SplitKeyPurposes.Where(split => names.Contains(split.Name)).SelectMany(split => new[] { split.First, split.Second })];
        return chip.KeyPurposes.Where(purpose => names.Concat(halves).Contains(purpose.Name)).Select(purpose => purpose.MinRevision).Append(chip.Factory.Revision).Max();
    }

    /// <summary>The same with the block named.</summary>
    public BurnCase In(string block) => new()
    {
        Name = $"{Name}, which is {block}",
        IsCoded = IsCoded,
        AnyBlock = AnyBlock,
        Requests = () => [.. Requests().Select(request => request is EfuseKeyRequest key ? key with { Block = block } : request)],
    };

    /// <summary>Every key purpose of a chip, named block or not, and every other kind of burn.</summary>
    public static IEnumerable<BurnCase> Of(ChipDefinition chip)
    {
        foreach (bool isCoded in chip.Efuse.Generation == EfuseGeneration.Esp32 ? new[] { false, true } : [false])
        {
            foreach (KeyPurpose purpose in chip.KeyPurposes.Where(purpose => !(isCoded && purpose.IsDigest)))
            {
                int length = isCoded ? 24 : purpose.Part == KeyBlockPart.Whole ? 32 : 16;
                yield return Key(purpose.Name, length, isCoded, null);
                if (purpose.Block is null)
                {
                    yield return Key(purpose.Name, length, isCoded, BlockFor(chip, purpose.NotInBlocks));
                }
            }

            foreach (SplitKeyPurpose purpose in chip.SplitKeyPurposes)
            {
                yield return Key(purpose.Name, 64, isCoded, BlockFor(chip, chip.KeyPurposes.First(half => half.Name == purpose.First).NotInBlocks));
                yield return Key(purpose.Name, 64, isCoded, null);
            }

            string flashKey = chip.Efuse.Generation == EfuseGeneration.Esp32 ? "FlashEncryption" : "XTS_AES_128_KEY";
            int keyLength = isCoded ? 24 : 32;
            bool anyBlock = chip.KeyPurposes.Any(purpose => purpose.Name == flashKey && purpose.Block is null);
            EfuseKeyRequest FlashKey() => new() { Purpose = flashKey, Key = Bytes(keyLength) };
            EfuseRequest[] On() => chip.Efuse.Generation == EfuseGeneration.Esp32
                ? [FlashKey(), Set("FLASH_CRYPT_CONFIG", 0xF), Set("FLASH_CRYPT_CNT", 0x7F)]
                : [FlashKey(), Set("SPI_BOOT_CRYPT_CNT", 7)];
            yield return new BurnCase { Name = "custom MAC", IsCoded = isCoded, Requests = () => [new EfuseMacRequest { Address = "02:11:22:33:44:5e" }] };
            yield return new BurnCase { Name = "raw block", IsCoded = isCoded, Requests = () => [new EfuseDataRequest { Block = "BLOCK3", Data = Bytes(keyLength) }] };
            yield return new BurnCase { Name = "encryption", IsCoded = isCoded, AnyBlock = anyBlock, Requests = On };
            yield return new BurnCase { Name = "encryption, nothing more to hide", IsCoded = isCoded, AnyBlock = anyBlock, Requests = () => [.. On(), Lock("RD_DIS")] };
            yield return new BurnCase { Name = "encryption, closed", IsCoded = isCoded, AnyBlock = anyBlock, Requests = () => [.. On(), Lock("RD_DIS"), Set(chip.Security.DownloadDisabledField, 1), Lock(chip.Security.DownloadDisabledField)] };
            yield return new BurnCase { Name = "locks", IsCoded = isCoded, AnyBlock = anyBlock, Requests = () => [Lock("RD_DIS"), Lock(chip.Security.DownloadDisabledField), .. chip.Efuse.Generation == EfuseGeneration.Esp32 ? new[] { Lock("WR_DIS") } : [], FlashKey()] };
        }
    }

    public override string ToString() => Name + (IsCoded ? ", 3/4 coding" : string.Empty);

    private static BurnCase Key(string purpose, int length, bool isCoded, string? block) => new()
    {
        Name = $"{purpose} in {block ?? "any block"}",
        IsCoded = isCoded,
        AnyBlock = block is null || length == 64,
        Requests = () => [new EfuseKeyRequest { Purpose = purpose, Block = block, Key = Bytes(length) }],
    };

    private static string BlockFor(ChipDefinition chip, IReadOnlyList<string> not) =>
        chip.Efuse.Blocks.Last(block => block.KeyPurposeField is not null && !not.Contains(block.Name)).Name;

    private static EfuseValueRequest Set(string field, uint value) => new() { Field = field, Value = value };

    private static EfuseProtectionRequest Lock(string field) => new() { Name = field, Protection = EfuseProtection.Write };

    // No zeros, and no two bytes alike in a row.
    private static EfuseKey Bytes(int length) => new([.. Enumerable.Range(0, length).Select(i => (byte)((i * 37) + 0x5B | 1))]);
}
