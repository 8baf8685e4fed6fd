using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// Long tests go through many cases of one kind: damaged bytes, cuts of the power. With ESP32TOOLS_THOROUGH=1 they go through
/// all of them. Without it, which is the everyday run, they take each second, third or fifth case. No test and no chip is
/// left out, and what a case has to show is the same. These are thinned:
/// <list type="bullet">
/// <item><see cref="FaultTableTests"/>, by <see cref="HostMatrix.Stride"/></item>
/// <item><see cref="CancellationTests"/>: each third point of cancelling</item>
/// <item><see cref="FlashEncryptionInterruptionTests"/>: each second cut inside a step</item>
/// <item><see cref="SecureBootInterruptionTests"/>: each third cut inside a stage</item>
/// <item><see cref="Interruption.InterruptedBurnTests"/>: each fifth cut of a burn</item>
/// <item><see cref="Hostile.LyingPeerTests"/>: each third lie</item>
/// </list>
/// </summary>
internal static class Thoroughness
{
    /// <summary>True when every case is asked for.</summary>
    public static bool IsComplete { get; } = Environment.GetEnvironmentVariable("ESP32TOOLS_THOROUGH") == "1";

    /// <summary>How far apart the cases are that are run: next to each other in a complete run.</summary>
    /// <param name="everyday">How far in the everyday run.</param>
    public static int Stride(int everyday) => IsComplete ? 1 : everyday;

    /// <summary>All cases in a complete run, else the first and each that is so far from the one before.</summary>
    public static IEnumerable<T> Thin<T>(this IEnumerable<T> cases, int everyday) => cases.Where((_, i) => i % Stride(everyday) == 0);
}
