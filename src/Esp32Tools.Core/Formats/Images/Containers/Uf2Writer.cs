using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Writes the blocks of a UF2 file.</summary>
internal static class Uf2Writer
{
    public static byte[] Write(IEnumerable<ImagePart> parts, uint familyId, Uf2Options options)
    {
        int payload = options.Payload;
        var file = new MemoryStream();
        using var md5 = MD5.Create();
        foreach (ImagePart part in parts)
        {
            int count = (part.Data.Length + payload - 1) / payload;
            for (int number = 0; number < count; number++)
            {
                int start = number * payload;
                int length = Math.Min(payload, part.Data.Length - start);
                byte[] block = Block(part, start, length, familyId, options.HasMd5 ? md5 : null);
                LittleEndian.WriteUInt32(block, 20, (uint)number);
                LittleEndian.WriteUInt32(block, 24, (uint)count);
                file.Write(block, 0, block.Length);
            }
        }

        return file.ToArray();
    }

    private static byte[] Block(ImagePart part, int start, int length, uint familyId, MD5? md5)
    {
        uint address = part.Address + (uint)start;
        var block = new byte[Uf2.BlockSize];
        LittleEndian.WriteUInt32(block, 0, Uf2.Magic0);
        LittleEndian.WriteUInt32(block, 4, Uf2.Magic1);
        LittleEndian.WriteUInt32(block, 8, Uf2.FamilyIdPresent | (md5 is null ? 0 : Uf2.Md5Present));
        LittleEndian.WriteUInt32(block, 12, address);
        LittleEndian.WriteUInt32(block, 16, (uint)length);
        LittleEndian.WriteUInt32(block, 28, familyId);
        Array.Copy(part.Data, start, block, Uf2.HeaderSize, length);
        if (md5 is not null)
        {
            int place = Uf2.HeaderSize + length;
            LittleEndian.WriteUInt32(block, place, address);
            LittleEndian.WriteUInt32(block, place + 4, (uint)length);
            md5.ComputeHash(part.Data, start, length).CopyTo(block, place + 8);
        }

        LittleEndian.WriteUInt32(block, Uf2.MagicEndOffset, Uf2.MagicEnd);
        return block;
    }
}
