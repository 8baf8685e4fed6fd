using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Faults;

/// <summary>
/// The faults of a virtual board and their times. As text, a plan is a list of faults with semicolons between them:
/// <code>
/// fault   = kind "@" place [ ":" count ] [ "=" value ] [ "*" [ times ] ]
///
/// drop@tochip:1200             byte 1200 from the host to the chip is lost
/// corrupt@tohost:77            byte 77 from the chip to the host arrives changed
/// delay@tohost:500=250ms       it and all after it arrive late (us, ms or s)
/// unplug@tochip:4096           the cable is pulled before that byte; =replug lets the port be opened again
/// brownout@tochip:4096         the chip resets before that byte
/// brownout@write:5             the chip resets in the middle of the fifth write into flash
/// brownout@erase:2             the power fails in the middle of the second erase: half of the sector, block or part is erased
/// refuse@FLASH_DATA:3=0x06     the third such request is refused: the ROM's reason, or the high byte of the stub's code
/// lose@SPI_FLASH_MD5           the reply to the first such request is lost; "any" stands for every command
/// wrong@digest:1               the first digest is given out wrongly
/// spoil@write:4                one byte of the fourth write into flash is wrong
/// brownout@burn:2              the chip resets in the middle of the second eFuse burn, and half of the new bits took
/// spoil@burn:1                 the first new bit of the first eFuse burn does not take; burned again, it does
/// </code>
/// Counts begin with 1 when the plan is armed; a fault without a count happens at 1, but one on the wire must name its
/// byte. A fault happens once; with
/// <c>*3</c> three times, each after the same count again, and with <c>*</c> alone every time. Names are not
/// case-sensitive, blanks around semicolons are allowed, and an empty text is a plan in which nothing goes wrong.
/// </summary>
public sealed class FaultPlan
{
    /// <summary>A plan of these faults.</summary>
    public FaultPlan(params Fault[] faults) => Faults = faults;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>The faults, each counting for itself.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FaultPlanInvalid"/>: it is not well formed; the message says where.</exception>
    public static FaultPlan Parse(string text) => new([.. FaultParser.Parse(text ?? throw new ArgumentNullException(nameof(text)))]);

    /// <summary>The text form; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => string.Join("; ", Faults.Select(FaultParser.Format));
}
