using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.State;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>A save whose process ends before any change of the disk: the board is the old one or the new one, never a blank or a mixed one.</summary>
public sealed class CutSaveTests : IDisposable
{
    private const uint Address = 0x1_0000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "cut-" + Guid.NewGuid().ToString("N"));

    private string Place => Path.Combine(_folder, "state");

    public CutSaveTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Save_that_is_cut_anywhere_leaves_the_old_board_or_the_new_one()
    {
        SortedSet<string> found = [];
        int cut = 0;
        do
        {
            cut++;
            Start();
        }
        while (IsCut(cut, folder => Save(folder, 2), () => found.Add(Load())));

        Assert.InRange(cut, 8, 100);
        Assert.Equal(["1", "2"], found);
    }

    [Fact]
    public void Recovery_that_is_cut_itself_is_recovered()
    {
        SortedSet<string> found = [];
        int save = 0;
        bool saveIsCut;
        do
        {
            save++;
            saveIsCut = false;
            int cut = 0;
            bool recoveryIsCut;
            do
            {
                cut++;
                Start();
                saveIsCut = IsCut(save, folder => Save(folder, 2), () => { });
                recoveryIsCut = IsCut(cut, folder => folder.Read(), () => found.Add(Load()));
            }
            while (recoveryIsCut);
        }
        while (saveIsCut);

        Assert.Equal(["1", "2"], found);
    }

    [Fact]
    public void First_save_that_is_cut_anywhere_leaves_nothing_or_all_of_it()
    {
        SortedSet<string> found = [];
        int cut = 0;
        do
        {
            cut++;
            Directory.Delete(_folder, recursive: true);
            Directory.CreateDirectory(_folder);
        }
        while (IsCut(cut, folder => Save(folder, 1), () => found.Add(Load())));

        Assert.InRange(cut, 5, 100);
        Assert.Equal(["1", "blank"], found.Append("1").Distinct().Order());
    }

    [Fact]
    public void Fuses_are_saved_with_the_burn_and_not_when_the_port_closes()
    {
        var options = new SimulatorOptions { Chip = "esp32", StatePath = Place };
        using WireHost host = Boards.Synced(Boards.InLoader("esp32", options));
        Assert.False(Directory.Exists(Place));
        host.WriteRegister(0x3FF5_A098, 0xABCD);
        host.WriteRegister(0x3FF5_A0FC, 0x5A5A);
        host.WriteRegister(0x3FF5_A104, 2);

        Assert.Equal(0xABCD, BitConverter.ToUInt16(new Esp32Simulator(options).ReadEfuseBlock(1)));
    }

    [Fact]
    public void Burn_that_cannot_be_saved_is_an_error_and_not_a_silent_loss()
    {
        string file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "x");
        Esp32Simulator board = Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", StatePath = Path.Combine(file, "state") });
        WireHost host = Boards.Synced(board);
        host.WriteRegister(0x3FF5_A098, 0xABCD);
        host.WriteRegister(0x3FF5_A0FC, 0x5A5A);
        Assert.Equal(ErrorCode.FileAccess, Assert.Throws<InputException>(() => host.WriteRegister(0x3FF5_A104, 2)).Code);
    }

    [Fact]
    public void Folder_of_somebody_else_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Place);
        string file = Path.Combine(Place, "thesis.txt");
        File.WriteAllText(file, "x");
        Esp32Exception refused = Assert.Throws<Esp32Exception>(() => new Esp32Simulator(new SimulatorOptions { Chip = "esp32", StatePath = Place }));
        Assert.Equal(ErrorCode.SimulatorStateInvalid, refused.Code);
        Assert.True(File.Exists(file));
    }

    // Board 1 is in its place.
    private void Start()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        Save(new BoardFolder(Place), 1);
    }

    private static void Save(BoardFolder folder, byte mark)
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3" });
        board.LoadFlash(Address, [mark]);
        board.Efuse.Fuses[3][0] = mark;
        folder.Write(SavedBoard.Of(board.Machine, board.Name), board.Machine.Flash.Cells, board.Efuse.Save());
    }

    // The mark of the board that comes back, whose flash and eFuses are of one save; nothing is beside its folder then.
    private string Load()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3", StatePath = Place });
        byte flash = board.ReadFlash(Address, 1)[0];
        byte fuse = board.Efuse.Fuses[3][0];
        Assert.Equal(flash == 0xFF ? (byte)0 : flash, fuse);
        Assert.Equal(Directory.Exists(Place) ? [Place] : Array.Empty<string>(), Directory.GetFileSystemEntries(_folder));
        return flash == 0xFF ? "blank" : flash.ToString();
    }

    // Ends the work before its nth change of the disk; false when it has fewer.
    private bool IsCut(int at, Action<BoardFolder> work, Action then)
    {
        int steps = 0;
        bool isCut = false;
        var folder = new BoardFolder(Place);
        folder.Step = () =>
        {
            if (++steps == at)
            {
                throw new EndOfProcessException();
            }
        };
        try
        {
            work(folder);
        }
        catch (EndOfProcessException)
        {
            isCut = true;
        }

        then();
        return isCut;
    }

    private sealed class EndOfProcessException : Exception;
}
