using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>Burns fuses of a board from outside, as if they had been from the factory on.</summary>
internal static class Fuses
{
    /// <summary>Sets the ones of a number in a field of block 0.</summary>
    public static void Burn(this Esp32Simulator board, string name, uint value)
    {
        FuseBits field = board.Efuse.Map.Find(name) ?? throw new ArgumentException($"{board.Chip} has no {name}.");
        for (int i = 0; i < field.Bits.Count && value >> i != 0; i++)
        {
            board.Efuse.Fuses[field.Block][field.Bits[i] / 8] |= (byte)((value >> i & 1) << (field.Bits[i] % 8));
        }

        board.Efuse.Refresh();
    }

    /// <summary>The same for a field that has one name or another.</summary>
    public static void Burn(this Esp32Simulator board, string name, string otherName, uint value) =>
        board.Burn(board.Efuse.Map.Find(name) is null ? otherName : name, value);

    /// <summary>Puts a flash encryption key where this chip has one, read protected: 32 bytes in the order of a key file.</summary>
    public static void BurnFlashKey(this Esp32Simulator board, byte[] key)
    {
        byte[] stored = [.. key.AsEnumerable().Reverse()];
        EfuseBlockFacts block = board.GetChip().Efuse.Blocks.First(one => one.Name == (board.GetChip().Efuse.Has(EfuseRole.EncryptionConfig) ? "BLOCK1" : "BLOCK_KEY0"));
        board.Efuse.Store(block.Index, stored);
        if (block.HasPurpose)
        {
            board.Burn(board.GetChip().Efuse.GetTable(board.GetChip().Factory.Revision).FindPurposeOf(block.Index)!.Name, (uint)board.GetChip().KeyPurposes.First(one => one.Name == "XTS_AES_128_KEY").Id!.Value);
        }
        else
        {
            board.Burn(board.GetChip().FieldName(board.GetChip().Efuse.Has(EfuseRole.EncryptionConfig) ? EfuseRole.EncryptionConfig : EfuseRole.WholeFlashKey), 0xF);
        }

        board.Burn("RD_DIS", board.Efuse.Map.ReadProtection.Where(hidden => hidden.Block == block.Index).Aggregate(0u, (mask, hidden) => mask | (1u << hidden.Bit)));
    }
}
