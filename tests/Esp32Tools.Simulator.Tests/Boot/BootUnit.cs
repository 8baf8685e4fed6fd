using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Simulator.Tests.Chips;

namespace Esp32Tools.Simulator.Tests.Boot;

/// <summary>A board with a bootloader, a partition table and an application that says when it runs.</summary>
internal sealed class BootUnit
{
    public const string Pass = "I (300) app: SELFTEST PASS";
    public const uint Table = 0x8000;
    public const uint App = 0x1_0000;

    public BootUnit(string chip)
    {
        Board = new Esp32Simulator(new SimulatorOptions { Chip = chip, ApplicationOutput = [Pass] });
        Bootloader = SampleFirmware.Bootloader(Chip);
        Application = SampleFirmware.Application(Chip, 0x3000);
        Board.LoadFlash(Chip.Image.BootloaderOffset, Bootloader);
        Board.LoadFlash(Table, SampleFirmware.PartitionTable());
        Board.LoadFlash(App, Application);
    }

    public Esp32Simulator Board { get; }

    public ChipDefinition Chip => Board.GetChip();

    public byte[] Bootloader { get; }

    public byte[] Application { get; }

    /// <summary>Changes bits of a byte in flash.</summary>
    public void Flip(long address, byte bits = 0x01)
    {
        byte old = Board.ReadFlash((uint)address, 1)[0];
        Board.LoadFlash((uint)address, [(byte)(old ^ bits)]);
    }

    /// <summary>Puts an image there whose header was changed, and whose hash was made anew.</summary>
    public void LoadChanged(uint address, byte[] image, Action<byte[]> change)
    {
        byte[] changed = (byte[])image.Clone();
        change(changed);
        int summed = changed.Length - 32;
        SHA256.HashData(changed.AsSpan(0, summed)).CopyTo(changed, summed);
        Board.LoadFlash(address, changed);
    }

    public void Blank(uint address, int length) => Board.LoadFlash(address, [.. Enumerable.Repeat((byte)0xFF, length)]);

    /// <summary>Takes the power away and back, and gives what the board says.</summary>
    public string Log() => LogOf(Board);

    public static string LogOf(Esp32Simulator board)
    {
        using var host = new WireHost(board);
        board.PowerCycle();

        // A port that is the chip's own goes away with its power.
        return Encoding.ASCII.GetString(host.ReceiveRaw());
    }
}
