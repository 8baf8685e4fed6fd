using System;
using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Loader;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Every chip of the simulator, through its ROM and through its stub where this build has one.</summary>
public static class HostMatrix
{
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

    public static TheoryData<string> Chips
    {
        get
        {
            TheoryData<string> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                cases.Add(chip.Key);
            }

            return cases;
        }
    }

    private static IEnumerable<LoaderKind> LoadersOf(ChipDefinition chip) =>
        chip.Loader.StubName is string stub && StubStore.Contains(stub) ? [LoaderKind.Rom, LoaderKind.Stub] : [LoaderKind.Rom];
}
