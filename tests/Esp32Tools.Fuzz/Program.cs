using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Fuzz.Driving;
using Esp32Tools.Fuzz.Targets;
using SharpFuzz;

namespace Esp32Tools.Fuzz;

/// <summary>Gives parsers inputs that nobody would write, in this process or under libFuzzer or AFL.</summary>
internal static class Program
{
    private const string Usage = """
        [TARGET...] [--iterations N | --seconds N] [--seed N] [--save FOLDER] [--careful]
                                 changes the seeds, a few thousand times for each target or all of them
        list                     names the targets
        replay TARGET FILE...    gives files to a target
        libfuzzer TARGET ...     is a target for libFuzzer
        afl TARGET               is a target for AFL
        """;

    /// <returns>0 when no input broke the contract, 1 when one did, 2 for wrong arguments.</returns>
    private static int Main(string[] arguments)
    {
        try
        {
            return Run(arguments);
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }
    }

    private static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                Console.WriteLine(string.Join(Environment.NewLine, TargetList.All.Select(target => target.Name)));
                return 0;
            case ["replay", string name, .. string[] files]:
                return Replay(TargetList.Get(name), files);
            case ["libfuzzer", string name, ..]:
                FuzzTarget chosen = TargetList.Get(name);
                Fuzzer.LibFuzzer.Run(bytes => Require(chosen, bytes.ToArray()));
                return 0;
            case ["afl", string name]:
                FuzzTarget target = TargetList.Get(name);
                Fuzzer.OutOfProcess.Run(stream => Require(target, Drain(stream)));
                return 0;
            default:
                return RunAll(arguments);
        }
    }

    private static int RunAll(string[] arguments)
    {
        var options = new FuzzOptions();
        List<FuzzTarget> targets = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string Value() => ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value.");
            switch (arguments[i])
            {
                case "--iterations":
                    options = options with { Iterations = (int)Number(Value()) };
                    break;
                case "--seconds":
                    options = options with { Time = TimeSpan.FromSeconds(Number(Value())) };
                    break;
                case "--seed":
                    options = options with { Seed = (ulong)Number(Value()) };
                    break;
                case "--save":
                    options = options with { Folder = Path.GetFullPath(Value()) };
                    break;
                case "--careful":
                    options = options with { IsCareful = true };
                    break;
                default:
                    targets.Add(TargetList.Get(arguments[i]));
                    break;
            }
        }

        Console.WriteLine($"seed {options.Seed}");
        IReadOnlyList<FuzzTarget> chosen = targets.Count > 0 ? targets : TargetList.All;
        int passed = chosen.Count(target => new FuzzRun(target, options).Run());
        Console.WriteLine();
        Console.WriteLine($"{passed} passed, {chosen.Count - passed} failed, 0 skipped");
        return passed == chosen.Count ? 0 : 1;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new ArgumentException($"'{text}' is no number.");

    private static int Replay(FuzzTarget target, string[] files)
    {
        int failed = 0;
        foreach (string file in files)
        {
            string? breach = Judge.Try(target, File.ReadAllBytes(file));
            Console.WriteLine($"{file}: {breach ?? "as it should be"}");
            failed += breach is null ? 0 : 1;
        }

        return failed == 0 ? 0 : 1;
    }

    private static void Require(FuzzTarget target, byte[] input)
    {
        if (Judge.Try(target, input) is { } breach)
        {
            throw new InvalidOperationException(breach);
        }
    }

    private static byte[] Drain(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
