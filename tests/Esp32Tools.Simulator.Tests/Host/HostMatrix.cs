using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Every chip of the simulator, through its ROM and through its stub where this build has one.</summary>
public static class HostMatrix
{
    private static readonly string[] s_recorded = ["esp32", "esp32c3"];

    public static TheoryData<string, LoaderKind> All
    {
        get
        {
            TheoryData<string, LoaderKind> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (LoaderKind loader in LoadersOf(chip))
                {
                    cases.Add(chip.Key, loader);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Key)];

    /// <summary>The chips that there is a stub for, in this build or not.</summary>
    public static TheoryData<string> ChipsWithStub => [.. ChipCatalog.All.Where(chip => chip.Loader.GetStub(chip.Factory.Revision) is not null).Select(chip => chip.Key)];

    /// <summary>
    /// True for the chips on which the long tests run in full: those whose loaders were recorded byte by byte, and the first
    /// of each further way of speaking. Whatever the others do on the wire, one of these does as well; they get a slice.
    /// </summary>
    public static bool IsThorough(string key)
    {
        ChipDefinition[] alike = [.. ChipCatalog.All.Where(chip => Speech(chip) == Speech(ChipCatalog.ByName(key)))];
        return (alike.FirstOrDefault(chip => s_recorded.Contains(chip.Key)) ?? alike[0]).Key == key;
    }

    /// <summary>
    /// How far apart the cases of a long row are that a chip has, of all that there are. The numbers have no divisor in common
    /// with the cases in a group of a row (4, 5 and 11), so that each place in a group has its turn.
    /// <code>
    ///                  complete    everyday
    /// thorough chips       1           5
    /// the others           4          13
    /// </code>
    /// </summary>
    public static int Stride(string key) => (IsThorough(key), Thoroughness.IsComplete) switch
    {
        (true, true) => 1,
        (false, true) => 4,
        (true, false) => 5,
        (false, false) => 13,
    };

    private static (int, int, RomBaudRule) Speech(ChipDefinition chip) =>
        (chip.Loader.FlashBeginWordsRom, chip.Loader.RomSecurityInfoLength, chip.Loader.RomBaudRule);

    private static IEnumerable<LoaderKind> LoadersOf(ChipDefinition chip) =>
        chip.Loader.GetStub(chip.Factory.Revision) is string stub && StubStore.Contains(stub) ? [LoaderKind.Rom, LoaderKind.Stub] : [LoaderKind.Rom];
}
