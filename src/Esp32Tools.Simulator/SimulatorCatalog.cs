using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator;

/// <summary>
/// The virtual boards of this process, by name. One of each chip is predefined, under the chip's own name;
/// it keeps its flash and eFuses as long as the process lives.
/// </summary>
public static class SimulatorCatalog
{
    private static readonly object s_gate = new();
    private static readonly Dictionary<string, Esp32Simulator> s_boards = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a board.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorExists"/>: there is one of that name; and those of <see cref="Esp32Simulator(SimulatorOptions)"/>.</exception>
    public static Esp32Simulator Create(SimulatorOptions options)
    {
        var board = new Esp32Simulator(options);
        lock (s_gate)
        {
            if (s_boards.ContainsKey(board.Name))
            {
                throw new Esp32Exception(
                    ErrorCode.SimulatorExists,
                    $"There is a virtual chip '{board.Name}' already.",
                    "Choose another name, or remove that one first.")
                { Target = board.Name };
            }

            s_boards.Add(board.Name, board);
        }

        return board;
    }

    /// <summary>Finds a board by its name, with or without <c>virtual:</c> in front.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorNotFound"/></exception>
    public static Esp32Simulator Get(string name) => Find(name) ?? throw new Esp32Exception(
        ErrorCode.SimulatorNotFound,
        $"There is no virtual chip '{BareName(name)}'.",
        Known())
    { Target = BareName(name) };

    /// <summary>Finds a board by its name; null when there is none.</summary>
    public static Esp32Simulator? Find(string name)
    {
        string bare = BareName(name);
        lock (s_gate)
        {
            if (s_boards.TryGetValue(bare, out Esp32Simulator? board))
            {
                return board;
            }

            ChipDefinition? chip = ChipCatalog.All.FirstOrDefault(known => string.Equals(known.Key, bare, StringComparison.OrdinalIgnoreCase));
            return chip is null ? null : Standing(chip);
        }
    }

    /// <summary>All boards, made and predefined.</summary>
    public static IReadOnlyList<Esp32Simulator> List()
    {
        lock (s_gate)
        {
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                Standing(chip);
            }

            return [.. s_boards.Values.OrderBy(board => board.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Removes a board. A predefined one is made again, blank, at its next use.</summary>
    /// <returns>False when there is none of that name.</returns>
    public static bool Remove(string name)
    {
        lock (s_gate)
        {
            return s_boards.Remove(BareName(name));
        }
    }

    /// <summary>A sentence that lists the boards, for errors about an unknown name.</summary>
    internal static string Known() => $"There are {string.Join(", ", List().Select(board => board.PortName))}.";

    private static Esp32Simulator Standing(ChipDefinition chip)
    {
        if (!s_boards.TryGetValue(chip.Key, out Esp32Simulator? board))
        {
            board = new Esp32Simulator(new SimulatorOptions { Chip = chip.Key });
            s_boards.Add(chip.Key, board);
        }

        return board;
    }

    private static string BareName(string name) =>
        name.StartsWith(VirtualTransportProvider.Scheme, StringComparison.OrdinalIgnoreCase)
            ? name.Substring(VirtualTransportProvider.Scheme.Length)
            : name;
}
