using System;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse;

/// <summary>
/// Plans a key that takes two blocks: its first 32 bytes go to the block asked for, the rest to the next free one, each
/// with a purpose of its own (efuse-rules section 7).
/// </summary>
internal static class SplitKeyPlanner
{
    private const int HalfLength = 32;

    public static void Plan(EfuseBurnQueue queue, EfuseKeyRequest request, SplitKeyPurpose purpose)
    {
        if (request.Key.Length != 2 * HalfLength)
        {
            throw new EfuseException(
                ErrorCode.KeyLength,
                $"A key for {purpose.Name} has {2 * HalfLength} bytes, not {request.Key.Length}.",
                "It fills two blocks; a key of half the length has a purpose of its own.")
            { Target = purpose.Name };
        }

        byte[] bytes = request.Key.Reveal();
        byte[] half = new byte[HalfLength];
        try
        {
            KeyPlanner planner = new(queue);
            Array.Copy(bytes, 0, half, 0, HalfLength);
            using EfuseKey first = new(half);
            EfuseBlockFacts block = planner.Plan(request with { Key = first, Purpose = purpose.First });

            Array.Copy(bytes, HalfLength, half, 0, HalfLength);
            using EfuseKey second = new(half);
            planner.Plan(request with { Key = second, Purpose = purpose.Second, Block = null }, after: block);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
            Array.Clear(half, 0, half.Length);
        }
    }
}
