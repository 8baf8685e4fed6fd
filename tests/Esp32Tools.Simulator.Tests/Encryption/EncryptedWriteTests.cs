using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Tests.Chips;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Encryption;

/// <summary>Writes that the chip encrypts with the key in its fuses, on every chip, through its ROM and through a stub.</summary>
public sealed class EncryptedWriteTests
{
    private const uint Address = 0x1_0000;
    private const byte Begin = 0x02;
    private const byte Data = 0x03;
    private const byte DeflateBegin = 0x10;
    private const byte DeflateData = 0x11;

    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 7))];
    private static readonly byte[] s_plain = [.. Enumerable.Range(0, 0x1400).Select(value => (byte)(value * value >> 3))];

    public static TheoryData<string, bool> Loaders
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                cases.Add(chip.Key, true);
                if (chip.Loader.RomWritesEncrypted)
                {
                    cases.Add(chip.Key, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Plain_blocks_arrive_encrypted(string chip, bool stub)
    {
        Esp32Simulator board = WithKey(chip);
        using WireHost host = HostOf(board, stub);

        Assert.Equal(0, StatusOf(host.Ask(Begin, (uint)s_plain.Length, 5, 0x400, Address, 1), stub));
        for (uint block = 0; block < 5; block++)
        {
            host.Send(WireHost.Block(Data, block, s_plain[(int)(0x400 * block)..(int)(0x400 * (block + 1))]));
            Assert.Equal(0, StatusOf(host.Receive(), stub));
        }

        Assert.Equal(Expected(board), board.ReadFlash(Address, s_plain.Length));
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Deflated_blocks_arrive_encrypted(string chip, bool stub)
    {
        Esp32Simulator board = WithKey(chip);
        using WireHost host = HostOf(board, stub);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(s_plain);
        }

        Assert.Equal(0, StatusOf(host.Ask(DeflateBegin, (uint)s_plain.Length, 1, 0x1800, Address, 1), stub));
        host.Send(WireHost.Block(DeflateData, 0, packed.ToArray()));
        Assert.Equal(0, StatusOf(host.Receive(), stub));

        Assert.Equal(Expected(board), board.ReadFlash(Address, s_plain.Length));
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Chip_without_a_key_writes_nothing(string chip, bool stub) =>
        RefusesToWrite(Boards.InLoader(chip), stub);

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Chip_that_may_not_encrypt_writes_nothing(string chip, bool stub)
    {
        Esp32Simulator board = WithKey(chip);
        board.Burn(board.GetChip().FieldName(EfuseRole.DownloadEncryptDisable), 1);
        RefusesToWrite(board, stub);
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Encrypted_program_starts_once_encryption_is_on(string chip, bool stub)
    {
        Esp32Simulator board = WithKey(chip);
        board.Burn(board.GetChip().FieldName(EfuseRole.EncryptionCount), 1);
        uint bootloader = board.GetChip().Image.BootloaderOffset;
        byte[] image = new byte[0x400];
        image[0] = 0xE9;
        image[1] = 1;
        BitConverter.TryWriteBytes(image.AsSpan(24), 0x4008_0000u);
        using WireHost host = HostOf(board, stub);
        host.Ask(Begin, (uint)image.Length, 1, 0x400, bootloader, 1);
        host.Send(WireHost.Block(Data, 0, image));
        host.Receive();
        Assert.NotEqual(0xE9, board.ReadFlash(bootloader, 1)[0]);

        byte[] log = BootOf(board, host);

        Assert.Contains("load:0x40080000", Encoding.ASCII.GetString(log));
    }

    // ROM: refused at once. Stub: the beginning is accepted, the work fails, and the next request tells.
    private static void RefusesToWrite(Esp32Simulator board, bool stub)
    {
        using WireHost host = HostOf(board, stub);

        int begin = StatusOf(host.Ask(Begin, 0x400, 1, 0x400, Address, 1), stub);
        host.Send(WireHost.Block(Data, 0, s_plain[..0x400]));
        int block = StatusOf(host.Receive(), stub);

        Assert.Equal(stub ? (0, 0) : (0x0106, 0x0006), (begin, block));
        if (stub)
        {
            Assert.Equal(0xC400, StatusOf(host.Ask(0x04, 1), stub));
        }

        Assert.All(board.ReadFlash(Address, 0x400), value => Assert.Equal(0xFF, value));
    }

    private static byte[] BootOf(Esp32Simulator board, WireHost host)
    {
        board.Efuse.Refresh();
        board.Machine.Become(new Loader.ApplicationProgram(board.Machine));
        return host.ReceiveRaw();
    }

    private static Esp32Simulator WithKey(string chip)
    {
        Esp32Simulator board = Boards.InLoader(chip);
        board.BurnFlashKey(s_key);
        return board;
    }

    private static WireHost HostOf(Esp32Simulator board, bool stub) => stub ? Boards.InStub(board) : Boards.Synced(board);

    private static int StatusOf(System.Collections.Generic.List<byte[]> replies, bool stub)
    {
        byte[] reply = Assert.Single(replies);
        int at = reply.Length - (stub ? 2 : 4);
        return (reply[at] << 8) | reply[at + 1];
    }

    private static byte[] Expected(Esp32Simulator board)
    {
        using IFlashCipher cipher = !board.GetChip().Efuse.Has(EfuseRole.EncryptionConfig) ? new XtsFlashCipher(s_key) : new Esp32FlashCipher(s_key, 0xF);
        byte[] data = (byte[])s_plain.Clone();
        for (int at = 0; at < data.Length; at += 16)
        {
            cipher.Encrypt(Address + (uint)at, data, at);
        }

        return data;
    }
}
