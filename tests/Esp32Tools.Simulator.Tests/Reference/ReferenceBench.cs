using System;
using System.IO;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.Simulator.Tests.Reference;

/// <summary>A virtual chip that is served, the programs that work on it, and a folder for their files.</summary>
internal sealed class ReferenceBench : IDisposable
{
    private static int s_boards;

    private readonly string _folder = Directory.CreateTempSubdirectory("esp32tools-reference").FullName;
    private readonly Esp32SimulatorServer _server;

    public ReferenceBench(string chip, ServerProtocol protocol)
    {
        Board = SimulatorCatalog.Create(new SimulatorOptions { Chip = chip, Name = $"reference{Interlocked.Increment(ref s_boards)}", Mac = [0x24, 0x0A, 0xC4, 0x12, 0x34, 0x56] });
        _server = SimulatorServerCatalog.Start(Board.Name, protocol, null, 0);

        // Python is slow to answer on a busy machine.
        PortName = _server.PortName + (protocol == ServerProtocol.Rfc2217 ? "?timeout=30&ign_set_control" : string.Empty);
    }

    public Esp32Simulator Board { get; }

    public ChipDefinition Chip => Board.GetChip();

    public string PortName { get; }

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file for a program.</summary>
    public string Put(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    public void Dispose()
    {
        SimulatorServerCatalog.Stop(_server);
        SimulatorCatalog.Remove(Board.Name);
        Directory.Delete(_folder, recursive: true);
    }
}
