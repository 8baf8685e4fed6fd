using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Images.Elf;
using Esp32Tools.Formats.Layout;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Firmware in its forms.</summary>
internal static class ImageTargets
{
    private static readonly ChipDefinition[] s_chips = [ChipCatalog.ByName("esp32"), ChipCatalog.ByName("esp32c3"), ChipCatalog.ByName("esp32p4")];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("image", Image)
        {
            Vectors = [("images/out", ".bin")],
            Made = () => s_chips.Select(SampleFirmware.Bootloader),
            Repair = RepairImage,
        },
        new("layout", Layout)
        {
            Vectors = [("images/out", ".bin"), ("partition-table/bin", ".bin"), ("nvs/bin", ".bin")],
            Made = () => s_chips.Select(SampleFirmware.Bootloader),
            Repair = RepairImage,
            Iterations = 1_500,
        },
        new("elf", Elf) { Vectors = [("images/elf", ".elf")], Allowance = 64L * 1024 * 1024, Iterations = 10_000 },
        new("intel-hex", Hex) { Made = () => Pieces().Select(IntelHex.Write), Words = [":00000001FF", ":02000004", ":020000021000EC"], Repair = RepairHex },
        new("uf2", Blocks) { Made = () => Pieces().Select(parts => Uf2.Write(parts, 0x1C5F_21B0)).Append(Uf2.Write(Pieces().First(), 7, new Uf2Options { HasMd5 = false })) },
    ];

    private static void Image(byte[] input)
    {
        Look.At(FirmwareImage.Inspect(input, "input"));
        FirmwareImage image = FirmwareImage.Parse(input, "input");
        image.EnsureIntact();
    }

    private static void Layout(byte[] input)
    {
        _ = ContentKind.Of(input);
        foreach (ChipDefinition chip in s_chips)
        {
            foreach (uint address in (uint[])[0, chip.Image.BootloaderOffset, 0x8000, 0x1_0000, 0xFFFF_F000])
            {
                var set = new FlashSet(chip, [new SetPart("input", address, input)]) { FlashSize = 4 << 20 };
                Look.At(LayoutRules.Look(set));
                _ = set.InnerImages().Count();
            }
        }
    }

    private static void Elf(byte[] input)
    {
        ElfFile elf = ElfFile.Parse(input, "input");
        Look.At(elf);
        foreach (ChipDefinition chip in s_chips)
        {
            Look.Try(() => ImageBuilder.Build(elf, chip));
            Look.Try(() => ImageBuilder.Build(elf, chip, new ImageBuildOptions { UseSegments = true, RamOnlyHeader = true }));
        }
    }

    private static void Hex(byte[] input)
    {
        _ = IntelHex.LooksLike(input);
        IReadOnlyList<ImagePart> parts = IntelHex.Parse(input, "input");
        Require(parts, IntelHex.Parse(IntelHex.Write(parts)));
    }

    private static void Blocks(byte[] input)
    {
        _ = Uf2.LooksLike(input);
        Uf2File file = Uf2.Parse(input, "input");
        Look.At(file);
        Require(file.Parts, Uf2.Parse(Uf2.Write(file.Parts, file.FamilyId ?? 1)).Parts);
    }

    // Written and read again, the bytes stand where they stood. Blocks are filled up, so there may be more behind them.
    private static void Require(IReadOnlyList<ImagePart> first, IReadOnlyList<ImagePart> second)
    {
        foreach (ImagePart part in first.Where(part => part.Data.Length > 0))
        {
            ImagePart? found = second.FirstOrDefault(candidate => candidate.Address <= part.Address && candidate.End >= part.End);
            if (found is null || !found.Data.AsSpan((int)(part.Address - found.Address), part.Data.Length).SequenceEqual(part.Data))
            {
                throw new InvalidOperationException($"{part} is another one when it is written and read again.");
            }
        }
    }

    private static IEnumerable<ImagePart[]> Pieces()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        yield return [new ImagePart("a", 0x1000, bytes)];
        yield return [new ImagePart("a", 0xFFF0, bytes), new ImagePart("b", 0x2_0000, [1, 2, 3]), new ImagePart("c", 0x1234_5678, bytes)];
        yield return [new ImagePart("a", 0xFFFF_FF00, [1, 2, 3, 4])];
    }

    // The checksum and the digest stand where the lengths of the segments put them.
    private static void RepairImage(byte[] input)
    {
        if (input.Length < 24)
        {
            return;
        }

        long at = 24;
        byte checksum = 0xEF;
        for (int i = 0; i < input[1] && at + 8 <= input.Length; i++)
        {
            long length = BitConverter.ToUInt32(input, (int)at + 4);
            at += 8;
            for (long end = Math.Min(at + length, input.Length), k = at; k < end; k++)
            {
                checksum ^= input[k];
            }

            at += length;
        }

        long place = at | 15;
        if (place + 33 > input.Length)
        {
            return;
        }

        input[place] = checksum;
        SHA256.HashData(input.AsSpan(0, (int)place + 1)).CopyTo(input, (int)place + 1);
    }

    private static void RepairHex(byte[] input)
    {
        int start = Array.IndexOf(input, (byte)':');
        while (start >= 0)
        {
            int end = Array.IndexOf(input, (byte)'\n', start);
            end = end < 0 ? input.Length : end;
            string line = Encoding.Latin1.GetString(input, start + 1, end - start - 1).TrimEnd('\r');
            if (line.Length % 2 == 0 && line.Length >= 4 && line.All(char.IsAsciiHexDigit))
            {
                byte[] record = Convert.FromHexString(line);
                byte sum = (byte)-record[..^1].Sum(value => value);
                Encoding.ASCII.GetBytes(sum.ToString("X2", null)).CopyTo(input, start + 1 + line.Length - 2);
            }

            start = end < input.Length ? Array.IndexOf(input, (byte)':', end) : -1;
        }
    }
}
