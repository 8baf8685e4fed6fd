using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Core.Tests.Flash;

public sealed class FlashSpanTests
{
    private const int Sector = 0x1000;

    [Fact]
    public void Long_blank_runs_are_left_out_and_short_ones_are_not()
    {
        byte[] image = Image(40, 0, 1, 2, 5, 30, 38, 39);

        IReadOnlyList<FlashSpan> spans = FlashSpan.WithoutBlanks(image);

        Assert.Equal([new(0, 6 * Sector), new(30 * Sector, 10 * Sector)], spans.Select(span => span));
    }

    [Fact]
    public void Blanks_at_either_end_are_left_out_however_short()
    {
        Assert.Equal([new FlashSpan(Sector, 2 * Sector)], FlashSpan.WithoutBlanks(Image(4, 1, 2)));
        Assert.Empty(FlashSpan.WithoutBlanks(Image(4)));
        Assert.Empty(FlashSpan.WithoutBlanks([0xFF, 0xFF]));
        Assert.Equal([new FlashSpan(0, 3)], FlashSpan.WithoutBlanks([0xFF, 0xFF, 1]));
    }

    [Fact]
    public void What_is_left_out_is_blank_and_what_is_not_begins_at_a_sector()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            byte[] image = Image(200, [.. Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(200))]);
            Array.Resize(ref image, image.Length - random.Next(Sector));
            byte[] flash = [.. Enumerable.Repeat((byte)0xFF, image.Length)];

            foreach (FlashSpan span in FlashSpan.WithoutBlanks(image))
            {
                Assert.Equal(0, span.Start % Sector);
                Array.Copy(image, span.Start, flash, span.Start, span.Length);
            }

            Assert.True(image.SequenceEqual(flash), $"Seed {seed}");
        }
    }

    [Fact]
    public void Neighbouring_sectors_are_one_span_and_the_last_ends_with_the_image()
    {
        IReadOnlyList<FlashSpan> spans = FlashSpan.OfSectors([0, 1, 3, 9], (9 * Sector) + 100);

        Assert.Equal([new(0, 2 * Sector), new(3 * Sector, Sector), new FlashSpan(9 * Sector, 100)], spans);
        Assert.Equal([2, 1, 1], spans.Select(span => span.Sectors));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0x10_0000, 1)]
    [InlineData(0x10_0001, 2)]
    [InlineData(0x100_0000, 4)]
    public void Pieces_of_a_large_span_grow_and_together_are_all_of_it(int length, int count)
    {
        FlashSpan[] pieces = [.. new FlashSpan(Sector, length).Pieces()];

        Assert.Equal(count, pieces.Length);
        Assert.Equal(Sector, pieces[0].Start);
        Assert.Equal(Sector + length, pieces[^1].End);
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(pieces, piece => Assert.Equal(0, piece.Start % Sector));
    }

    // Sectors of ones where a number is named, blank ones elsewhere.
    private static byte[] Image(int sectors, params int[] full)
    {
        byte[] image = [.. Enumerable.Repeat((byte)0xFF, sectors * Sector)];
        foreach (int sector in full)
        {
            Array.Fill(image, (byte)1, sector * Sector, Sector);
        }

        return image;
    }
}
