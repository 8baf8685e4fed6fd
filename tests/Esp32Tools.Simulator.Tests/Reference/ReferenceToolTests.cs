using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Simulator.Serving;
using Esp32Tools.Simulator.Tests.Host;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Reference;

/// <summary>
/// The vendor's own programs, unchanged, against every virtual chip: what they read is what the chip has, and what they write
/// is there afterwards.
/// </summary>
public sealed class ReferenceToolTests
{
    private const int Address = 0x2_0000;

    public static TheoryData<string, LoaderKind, ServerProtocol> Loaders
    {
        get
        {
            TheoryData<string, LoaderKind, ServerProtocol> rows = [];
            foreach (object[] row in HostMatrix.All)
            {
                rows.Add((string)row[0], (LoaderKind)row[1], ServerProtocol.Rfc2217);
                rows.Add((string)row[0], (LoaderKind)row[1], ServerProtocol.Socket);
            }

            return rows;
        }
    }

    public static TheoryData<string, ServerProtocol> Chips
    {
        get
        {
            TheoryData<string, ServerProtocol> rows = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                rows.Add(chip.Key, ServerProtocol.Rfc2217);
                rows.Add(chip.Key, ServerProtocol.Socket);
            }

            return rows;
        }
    }

    [ReferenceTheory]
    [MemberData(nameof(Loaders))]
    public void Esptool_reads_writes_and_verifies(string chip, LoaderKind loader, ServerProtocol protocol)
    {
        using var bench = new ReferenceBench(chip, protocol);
        byte[] app = HostFirmware.Noise(20_000, seed: 5);
        string file = bench.Put("app.bin", app);
        string copy = bench.At("copy.bin");
        string address = $"0x{Address:x}";

        Assert.Contains(Mac(bench), Esptool(bench, loader, "read-mac"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("4MB", Esptool(bench, loader, "flash-id"));
        if (bench.Chip.Loader.RomSecurityInfoLength > 0)
        {
            Assert.Contains("Flags", Esptool(bench, loader, "get-security-info"));
        }

        Assert.Contains("verified", Esptool(bench, loader, "write-flash", address, file));
        Assert.Equal(app, bench.Board.ReadFlash(Address, app.Length));

        Esptool(bench, loader, "read-flash", address, "0x1100", copy);
        Assert.Equal(app[..0x1100], File.ReadAllBytes(copy));
        Esptool(bench, loader, "verify-flash", address, file);

        Esptool(bench, loader, "erase-region", address, "0x1000");
        Assert.All(bench.Board.ReadFlash(Address, 0x1000), value => Assert.Equal(0xFF, value));
        Assert.NotEqual(0, Try(bench, loader, "verify-flash", address, file).ExitCode);

        Esptool(bench, loader, "write-flash", "--no-compress", address, file);
        Assert.Equal(app, bench.Board.ReadFlash(Address, app.Length));
        if (loader == LoaderKind.Stub)
        {
            Esptool(bench, loader, "erase-flash");
            Assert.All(bench.Board.ReadFlash(Address, app.Length), value => Assert.Equal(0xFF, value));
        }
    }

    [ReferenceTheory]
    [MemberData(nameof(Chips))]
    public void Espefuse_reads_and_burns(string chip, ServerProtocol protocol)
    {
        using var bench = new ReferenceBench(chip, protocol);
        byte[] key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        string file = bench.Put("key.bin", key);

        Assert.Contains(Mac(bench), Espefuse(bench, "summary"), StringComparison.OrdinalIgnoreCase);
        Espefuse(bench, "dump");
        Espefuse(bench, "check-error");

        Espefuse(bench, Burn(bench.Chip, file));
        Assert.Contains("01 02 03 04", Espefuse(bench, "summary"));
        Espefuse(bench, "check-error");

        // What is burned already can only be burned again as it is.
        string other = bench.Put("other.bin", [.. key.Reverse()]);
        Assert.NotEqual(0, ReferenceTool.Run("espefuse", EfuseArguments(bench, Burn(bench.Chip, other))).ExitCode);
    }

    // A key that the loader may read: no chip encrypts or signs with it.
    private static string[] Burn(ChipDefinition chip, string file) => chip.Key switch
    {
        "esp32" => ["burn-key", "BLOCK3", file, "--no-protect-key"],
        "esp32c2" => ["burn-key", "BLOCK_KEY0", file, "SECURE_BOOT_DIGEST", "--no-read-protect", "--no-write-protect"],
        _ => ["burn-key", "BLOCK_KEY0", file, "USER", "--no-read-protect", "--no-write-protect"],
    };

    private static string Mac(ReferenceBench bench) => string.Join(":", bench.Board.Options.Mac!.Select(octet => octet.ToString("x2", null)));

    private static string Esptool(ReferenceBench bench, LoaderKind loader, params string[] command)
    {
        (int exitCode, string output) = Try(bench, loader, command);
        Assert.True(exitCode == 0, $"esptool {string.Join(" ", command)}: {exitCode}\n{output}");
        return output;
    }

    private static (int ExitCode, string Output) Try(ReferenceBench bench, LoaderKind loader, params string[] command) => ReferenceTool.Run(
        "esptool",
        ["--chip", bench.Chip.Key, "--port", bench.PortName, "--after", "no-reset", .. (string[])(loader == LoaderKind.Stub ? [] : ["--no-stub"]), .. command]);

    private static string Espefuse(ReferenceBench bench, params string[] command)
    {
        (int exitCode, string output) = ReferenceTool.Run("espefuse", EfuseArguments(bench, command));
        Assert.True(exitCode == 0, $"espefuse {string.Join(" ", command)}: {exitCode}\n{output}");
        return output;
    }

    private static string[] EfuseArguments(ReferenceBench bench, string[] command) =>
        ["--chip", bench.Chip.Key, "--port", bench.PortName, "--do-not-confirm", .. command];
}
