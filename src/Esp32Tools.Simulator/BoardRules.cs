using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator;

/// <summary>The options of a board that no board of its chip can have.</summary>
internal static class BoardRules
{
    private const uint HighestId = 0xFF_FFFF;

    /// <summary>Throws when options contradict the chip or each other.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>, <see cref="ErrorCode.SettingsConflict"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/></exception>
    public static void Check(SimulatorOptions options, ChipDefinition chip)
    {
        if (options.CrystalMHz is int crystal && !chip.Crystal.ChoicesMHz.Contains(crystal))
        {
            throw Invalid($"The {chip.Name} takes no crystal of {crystal} MHz.", $"It takes one of {List(chip.Crystal.ChoicesMHz, "MHz")}.");
        }

        if (options.FlashId is > HighestId)
        {
            throw Invalid(
                FormattableString.Invariant($"0x{options.FlashId:X} is not the id of a flash."),
                "An id has three bytes, manufacturer, type and capacity, such as 0xEF4016.");
        }

        if (options.Psram is long psram)
        {
            _ = PsramCode(chip, psram);
        }

        bool isBridge = options.Connection == BoardConnection.Uart;
        if (options.ResetWiring != ResetWiring.Full && !isBridge)
        {
            throw Conflict("The chip's own USB port has no reset circuit that could lack a wire.");
        }

        TimeSpan latency = options.Timing?.UsbLatency ?? TimeSpan.Zero;
        if (latency < TimeSpan.Zero)
        {
            throw Invalid("The latency of a bridge cannot be negative.", "Give 0 or more.");
        }

        if (latency > TimeSpan.Zero && !isBridge)
        {
            throw Conflict("The chip's own USB port has no bridge that could delay bytes.");
        }
    }

    /// <summary>The code that stands in eFuse for a size of PSRAM.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/>: eFuse of this chip records no PSRAM, or its codes are not known.</exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: there is no code for that size.</exception>
    public static uint PsramCode(ChipDefinition chip, long size)
    {
        if (chip.Identity.Psram is not { Megabytes.Count: > 0 } facts)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                chip.Identity.Psram is null
                    ? $"There is no {chip.Name} with PSRAM in its package."
                    : $"The codes for the PSRAM in the package of the {chip.Name} are not published.",
                "Choose another chip, or leave out the PSRAM.")
            { Target = chip.Name };
        }

        foreach (KeyValuePair<uint, int> code in facts.Megabytes.OrderBy(pair => pair.Key))
        {
            if ((long)code.Value << 20 == size)
            {
                return code.Key;
            }
        }

        throw Invalid(
            $"There is no {chip.Name} with {size} bytes of PSRAM in its package.",
            $"There are such with {List(facts.Megabytes.Values.Distinct().OrderBy(megabytes => megabytes), "MB")}.");
    }

    /// <summary>The error for a revision that the chip cannot have.</summary>
    public static Esp32Exception NoRevision(ChipDefinition chip, int revision) => Invalid(
        FormattableString.Invariant($"There is no {chip.Name} of revision {revision / 100}.{revision % 100}."),
        "Give one that the fuses of the chip can hold.");

    private static string List(IEnumerable<int> values, string unit) =>
        string.Join(" or ", values.Select(value => value.ToString(CultureInfo.InvariantCulture) + " " + unit));

    private static Esp32Exception Invalid(string why, string advice) => new(ErrorCode.ValueInvalid, why, advice);

    private static Esp32Exception Conflict(string why) =>
        new(ErrorCode.SettingsConflict, why, "Leave out one of the two, or connect the board by a bridge.");
}
