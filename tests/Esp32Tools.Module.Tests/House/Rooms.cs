using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Module.Tests.House;

/// <summary>
/// Who may use whom. A room is a line: its namespace, and the rooms that it may use. A new namespace has to be put here
/// before the tests pass. <c>src/README.md</c> draws the same order and says what belongs where.
/// </summary>
internal static class Rooms
{
    private static readonly string[] s_ground = ["Compat", "Errors", "Files", "Results"];
    private static readonly string[] s_facts = [.. s_ground, "Chips"];
    private static readonly string[] s_pure = [.. s_facts, "Formats.*", "Crypto.*"];
    private static readonly string[] s_session = [.. s_facts, "Link.*", "Devices"];
    private static readonly string[] s_device = [.. s_pure, "Link.*", "Devices"];
    private static readonly string[] s_operations = [.. s_device, "Devices.*", "Efuse.*", "Flash", "Storage", "Storage.*", "Protection.*", "FactoryData"];

    /// <summary>All rooms, each behind those that it uses.</summary>
    public static IReadOnlyList<Room> All { get; } =
    [
        new("Compat", []),
        new("Errors", ["Compat"]),
        new("Files", ["Compat", "Errors"]),
        new("Results", []),
        new("Chips", s_ground),

        new("Link.Transport", s_ground),
        new("Link.Framing", [.. s_ground, "Link.Transport"]),
        new("Link.Loader", [.. s_facts, "Link.Transport", "Link.Framing"]),
        new("Link.Reset", [.. s_facts, "Link.Transport"]),

        new("Formats.Csv", s_ground),
        new("Formats.Images", s_facts),
        new("Formats.Partitions", [.. s_facts, "Formats.Csv"]),
        new("Formats.Layout", [.. s_facts, "Formats.Images", "Formats.Partitions"]),
        new("Formats.Images.Merge", [.. s_facts, "Formats.Images", "Formats.Layout"]),
        new("Formats.Ota", [.. s_facts, "Formats.Partitions"]),
        new("Formats.Nvs", [.. s_facts, "Formats.Csv"]),

        new("Crypto.Keys", s_facts),
        new("Crypto.FlashEncryption", [.. s_facts, "Crypto.Keys"]),
        new("Crypto.SecureBoot", [.. s_facts, "Crypto.Keys"]),

        new("Devices", [.. s_facts, "Link.*"]),
        new("Devices.Output", s_session),
        new("Devices.Memory", [.. s_session, "Formats.Images", "Devices.Output"]),

        new("Efuse.Coding", s_facts),
        new("Efuse.Fields", [.. s_facts, "Efuse.Coding"]),
        new("Efuse.UserTable", [.. s_facts, "Efuse.Coding", "Efuse.Fields"]),
        new("Efuse.Plan", [.. s_pure, "Efuse.Coding", "Efuse.Fields", "Efuse.UserTable"]),
        new("Efuse.Burn", [.. s_session, "Efuse.Coding", "Efuse.Fields", "Efuse.Plan"]),

        new("Flash", s_device),
        new("Storage.Partitions", [.. s_device, "Flash"]),
        new("Storage", [.. s_device, "Flash", "Storage.Partitions"]),
        new("Storage.Ota", [.. s_device, "Flash", "Storage", "Storage.Partitions"]),
        new("Storage.Nvs", [.. s_device, "Flash", "Storage.Partitions"]),

        new("Protection.State", [.. s_device, "Efuse.*"]),
        new("Protection.Procedure", [.. s_device, "Efuse.*"]),
        new("Protection.FlashEncryption", [.. s_device, "Efuse.*", "Flash", "Protection.Procedure"]),
        new("Protection.SecureBoot", [.. s_device, "Efuse.*", "Flash", "Protection.Procedure"]),

        new("FactoryData", s_pure),

        new("SerialPort", [.. s_ground, "Link.Transport"]),

        // A simulator that used Core's framing or requests would share its mistakes.
        new("Simulator", [.. s_facts, "Link.Transport"]),

        new("PowerShell.Results", s_operations),
        new("PowerShell.Inputs", [.. s_operations, "PowerShell.Results"]),
        new("PowerShell.Completion", [.. s_operations, "Simulator", "PowerShell.Results", "PowerShell.Inputs"]),
        new("PowerShell.Runtime", [.. s_operations, "Simulator", "SerialPort", "PowerShell.Results", "PowerShell.Inputs", "PowerShell.Completion"]),
        new("PowerShell.Commands", [.. s_operations, "Simulator", "PowerShell.Results", "PowerShell.Inputs", "PowerShell.Completion", "PowerShell.Runtime"]),
    ];

    /// <summary>The innermost room of a namespace; null when it has none.</summary>
    public static Room? Of(string fullNamespace) => All.Where(room => room.Holds(fullNamespace)).MaxBy(room => room.Name.Length);
}
