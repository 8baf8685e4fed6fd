using System.Collections.Generic;

namespace Esp32Tools.Core.Tests.House;

/// <summary>
/// Who may see whom. Each part of the source is one line: its name, and the parts of the project that it may name.
/// A new folder in Core or a new project has to be put here before the tests pass.
/// <code>
/// bytes and modem lines -> frames -> loader protocol -> chip and device -> operations  -> cmdlets
/// Transport                Framing   Loader, Reset      Devices             Flash, Efuse    Commands
///                                       Chips: facts, seen by all that need them
/// </code>
/// Images, Partitions, Ota, Nvs, FactoryData and Security stand beside that line: bytes or text in, typed objects out.
/// </summary>
internal static class Layers
{
    private static readonly string[] s_pure = ["Compat", "Errors", "Chips"];
    private static readonly string[] s_line = ["Compat", "Errors", "Chips", "Transport", "Framing", "Loader"];

    /// <summary>The folders of Esp32Tools.Core; the namespace <c>Esp32Tools.Name</c> and all below it.</summary>
    public static IReadOnlyDictionary<string, string[]> Core { get; } = new Dictionary<string, string[]>
    {
        ["Compat"] = [],
        ["Errors"] = [],
        ["Chips"] = ["Compat", "Errors"],
        ["Transport"] = ["Compat", "Errors"],
        ["Framing"] = ["Compat", "Errors", "Transport"],
        ["Loader"] = ["Compat", "Errors", "Chips", "Transport", "Framing"],
        ["Reset"] = s_line,
        ["Devices"] = [.. s_line, "Reset"],
        ["Efuse"] = [.. s_line, "Devices", "Security"],
        ["Audit"] = [.. s_line, "Devices", "Efuse"],
        ["Flash"] = [.. s_line, "Devices", "Images", "Ota", "Partitions", "Security"],
        ["Procedures"] = [.. s_line, "Devices", "Efuse", "Audit", "Security", "Flash", "Images", "Partitions"],
        ["Memory"] = [.. s_line, "Devices", "Images", "Output"],
        ["Output"] = [.. s_line, "Reset", "Devices"],
        ["Images"] = s_pure,
        ["Partitions"] = s_pure,
        ["Csv"] = ["Errors"],
        ["Nvs"] = [.. s_pure, "Csv"],
        ["Ota"] = ["Compat", "Errors", "Partitions"],
        ["FactoryData"] = [.. s_pure, "Csv", "Nvs"],
        ["Security"] = s_pure,
    };

    /// <summary>The other projects under src. A simulator that saw Core's framing or packets would share its mistakes; of Efuse it sees the tables alone.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>
    {
        ["Esp32Tools.SerialPort"] = ["SerialPort", "Compat", "Errors", "Transport"],
        ["Esp32Tools.Simulator"] = ["Simulator", "Compat", "Errors", "Chips", "Transport", "Efuse"],
        ["Esp32Tools"] = ["PowerShell", "SerialPort", "Simulator", .. Core.Keys],
        ["Esp32Tools.HelpBuilder"] = ["HelpBuilder"],
    };

    /// <summary>The one project that may see PowerShell.</summary>
    public const string PowerShellProject = "Esp32Tools";
}
