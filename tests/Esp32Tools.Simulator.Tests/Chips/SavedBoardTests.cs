using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class SavedBoardTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "board-" + Guid.NewGuid().ToString("N"));

    private string Place => Path.Combine(_folder, "state");

    public SavedBoardTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Board_comes_back_as_it_was_left()
    {
        var options = new SimulatorOptions { Chip = "esp32", Revision = 101, StatePath = Place, Flash = new FlashPart { Size = 8 << 20, Manufacturer = 0x20 } };
        Esp32Simulator first = Boards.InLoader("esp32", options);
        first.LoadFlash(0x1_2345, [1, 2, 3]);
        first.Machine.Flash.Status.Write(0, [0x1C, 0x02], forGood: true);
        byte[] fuses;
        using (WireHost host = Boards.Synced(first))
        {
            host.WriteRegister(0x3FF5_A098, 0xABCD);
            host.WriteRegister(0x3FF5_A0FC, 0x5A5A);
            host.WriteRegister(0x3FF5_A104, 2);
            fuses = first.ReadEfuseBlock(1);
        }

        Esp32Simulator second = Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", StatePath = Place });
        Assert.Equal([0xFF, 1, 2, 3, 0xFF], second.ReadFlash(0x1_2344, 5));
        Assert.Equal(0xABCD, BitConverter.ToUInt16(fuses));
        Assert.Equal(fuses, second.ReadEfuseBlock(1));
        Assert.Equal(8 << 20, second.FlashPart.Size);
        Assert.Equal(0x20, second.FlashPart.Manufacturer);
        Assert.Equal([0x1C, 0x02, 0x00], second.Machine.Flash.Status.Stored);
        using WireHost again = Boards.Synced(second);
        Assert.Equal(0u, again.ReadRegister(0x3FF6_607C) >> 31);
        Assert.Equal(["board.json", "efuse.bin", "flash.bin"], Directory.GetFiles(Place).Select(file => Path.GetFileName(file)!).Order());
    }

    [Fact]
    public void Nothing_but_the_folder_is_left_behind()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" });
        board.Save(Place);
        board.Save(Place);
        Assert.Equal([Place], Directory.GetFileSystemEntries(_folder));
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void Its_files_are_their_owners_alone()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" });
        board.LoadFlash(0x9000, [1]);
        for (int run = 0; run < 2; run++)
        {
            board.Save(Place);
            Assert.All(Directory.GetFiles(Place), file => Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(file)));
        }
    }

    [Fact]
    public void Folders_of_others_beside_it_stay()
    {
        string other = Place + ".mine.old";
        Directory.CreateDirectory(other);
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3", StatePath = Place }).Save(Place);
        Assert.True(Directory.Exists(other));
    }

    [Fact]
    public void Board_of_another_chip_or_size_is_refused()
    {
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Place);
        Assert.Equal(ErrorCode.SimulatorStateInvalid, Refused(new SimulatorOptions { Chip = "esp32", StatePath = Place }));
        Assert.Equal(ErrorCode.SimulatorStateInvalid, Refused(new SimulatorOptions { Chip = "esp32c3", StatePath = Place, Flash = new FlashPart { Size = 2 << 20 } }));
    }

    [Theory]
    [InlineData("board.json", "{ nothing")]
    [InlineData("board.json", "{}")]
    [InlineData("efuse.bin", "short")]
    public void Damaged_state_is_refused(string file, string text)
    {
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Place);
        File.WriteAllText(Path.Combine(Place, file), text);
        Assert.Equal(ErrorCode.SimulatorStateInvalid, Refused(new SimulatorOptions { Chip = "esp32c3", StatePath = Place }));
    }

    // Every byte of the file changed or the rest of it missing: refused with the id, or still a board, and never another error.
    [Fact]
    public void Damage_anywhere_in_board_json_is_refused_by_its_id()
    {
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Place);
        string file = Path.Combine(Place, "board.json");
        byte[] good = File.ReadAllBytes(file);
        int refused = 0;
        foreach (byte[] bad in Damaged(good))
        {
            File.WriteAllBytes(file, bad);
            try
            {
                _ = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3", StatePath = Place });
            }
            catch (Esp32Exception error) when (error.Code == ErrorCode.SimulatorStateInvalid)
            {
                refused++;
            }
        }

        Assert.InRange(refused, good.Length, int.MaxValue);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"version\":99999999999999999999,\"chip\":\"esp32c3\",\"revision\":3,\"flashSize\":4194304}")]
    [InlineData("{\"version\":1,\"chip\":null,\"revision\":3,\"flashSize\":4194304}")]
    [InlineData("{\"version\":1,\"chip\":\"esp32c3\",\"revision\":-5,\"flashSize\":4194304}")]
    [InlineData("{\"version\":1,\"chip\":\"esp32c3\",\"revision\":99999,\"flashSize\":4194304}")]
    [InlineData("{\"version\":1,\"chip\":\"esp32c3\",\"revision\":3,\"flashSize\":5}")]
    [InlineData("{\"version\":1,\"chip\":\"esp32c3\",\"revision\":3,\"flashSize\":-4194304}")]
    [InlineData("{\"version\":1,\"chip\":\"esp32c3\",\"revision\":3,\"flashSize\":4194304,\"flashStatus\":\"x\"}")]
    public void Board_json_with_an_impossible_value_is_refused(string text)
    {
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Place);
        File.WriteAllText(Path.Combine(Place, "board.json"), text);
        Assert.Equal(ErrorCode.SimulatorStateInvalid, Refused(new SimulatorOptions { Chip = "esp32c3", StatePath = Place }));
    }

    [Theory]
    [InlineData("flash.bin")]
    [InlineData("efuse.bin")]
    [InlineData("board.json")]
    public void Missing_file_is_refused_too(string file)
    {
        new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Place);
        File.Delete(Path.Combine(Place, file));
        Assert.Equal(ErrorCode.SimulatorStateInvalid, Refused(new SimulatorOptions { Chip = "esp32c3", StatePath = Place }));
    }

    [Fact]
    public void Save_that_fails_leaves_what_was_there()
    {
        string file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "x");
        InputException refused = Assert.Throws<InputException>(() => new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" }).Save(Path.Combine(file, "state")));
        Assert.Equal(ErrorCode.FileAccess, refused.Code);
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder));
    }

    private static IEnumerable<byte[]> Damaged(byte[] good)
    {
        for (int at = 0; at < good.Length; at++)
        {
            yield return good[..at];
            foreach (byte value in new byte[] { 0x00, 0xFF, (byte)'9', (byte)'"' })
            {
                byte[] bad = (byte[])good.Clone();
                bad[at] = value;
                yield return bad;
            }
        }
    }

    private static ErrorCode Refused(SimulatorOptions options) => Assert.Throws<Esp32Exception>(() => new Esp32Simulator(options)).Code;
}
