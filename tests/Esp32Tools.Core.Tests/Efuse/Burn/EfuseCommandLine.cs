using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Turns the arguments of a burn vector into requests.</summary>
internal sealed class EfuseCommandLine
{
    private static readonly HashSet<string> s_commands =
    [
        "burn-efuse", "burn-key", "burn-key-digest", "burn-block-data", "burn-bit", "burn-custom-mac",
        "read-protect-efuse", "write-protect-efuse", "set-flash-voltage",
    ];

    private readonly EfuseSnapshot _snapshot;
    private readonly string _folder;

    /// <param name="snapshot">The chip.</param>
    /// <param name="folder">Where the files are.</param>
    public EfuseCommandLine(EfuseSnapshot snapshot, string folder)
    {
        _snapshot = snapshot;
        _folder = folder;
    }

    public List<EfuseRequest> Requests { get; } = [];

    public bool Force { get; private set; }

    public void Read(IEnumerable<string> arguments)
    {
        List<string> rest = [.. arguments];
        while (rest.Count > 0)
        {
            int end = rest.FindIndex(1, s_commands.Contains);
            List<string> command = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];
            ReadCommand(command[0], [.. command.Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal))], [.. command.Where(word => word.StartsWith("--", StringComparison.Ordinal))]);
        }
    }

    private void ReadCommand(string command, List<string> words, HashSet<string> options)
    {
        Force |= options.Contains("--force-write-always") || options.Contains("--force");
        bool write = !options.Contains("--no-write-protect") && !options.Contains("--no-protect-key");
        bool read = !options.Contains("--no-read-protect") && !options.Contains("--no-protect-key");
        bool hasPurposes = _snapshot.Chip.Efuse.Generation == EfuseGeneration.ReedSolomon;
        switch (command)
        {
            case "burn-efuse":
                ReadValues(words);
                break;
            case "burn-key":
                int stride = hasPurposes ? 3 : 2;
                Requests.AddRange(words.Chunk(stride).Select(key => LoadKey(key[1]) with
                {
                    Block = key[0],
                    Purpose = hasPurposes ? key[2] : null,
                    ReadProtect = read,
                    WriteProtect = write,
                }));
                break;
            case "burn-key-digest":
                Requests.AddRange(hasPurposes && words.Count >= 3
                    ? words.Chunk(3).Select(key => LoadSigningKey(key[1]) with { Block = key[0], Purpose = key[2], WriteProtect = write })
                    : [LoadSigningKey(words[0]) with { Purpose = _snapshot.Chip.KeyPurposes.Single(known => known.IsDigest).Name, WriteProtect = write }]);
                break;
            case "burn-block-data":
                int? offset = options.Contains("--offset") ? int.Parse(words[^1], CultureInfo.InvariantCulture) : null;
                Requests.AddRange(words.Take(words.Count - (offset is null ? 0 : 1)).Chunk(2).Select(data => new EfuseDataRequest { Block = data[0], Data = Load(data[1]), Offset = offset }));
                break;
            case "burn-bit":
                Requests.Add(new EfuseBitRequest { Block = words[0], Bits = [.. words.Skip(1).Select(bit => int.Parse(bit, CultureInfo.InvariantCulture))] });
                break;
            case "burn-custom-mac":
                Requests.Add(new EfuseMacRequest { Address = words[0] });
                break;
            case "set-flash-voltage":
                Requests.Add(new EfuseVoltageRequest { Voltage = words[0] switch { "3.3V" => EfuseFlashVoltage.V3_3, "1.8V" => EfuseFlashVoltage.V1_8, _ => EfuseFlashVoltage.Off } });
                break;
            default:
                EfuseProtection kind = command.StartsWith("read", StringComparison.Ordinal) ? EfuseProtection.Read : EfuseProtection.Write;
                Requests.AddRange(words.Select(name => new EfuseProtectionRequest { Name = name, Protection = kind }));
                break;
        }
    }

    private void ReadValues(List<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            bool hasValue = i + 1 < words.Count && _snapshot.Table.Find(words[i + 1]) is null;
            Requests.Add(new EfuseValueRequest { Field = words[i], Value = hasValue ? words[i + 1] : null });
            i += hasValue ? 1 : 0;
        }
    }

    private EfuseKeyPlacement LoadKey(string file) =>
        EfuseSigningKey.IsPem(Bytes(file)) ? LoadSigningKey(file) : new EfuseKeyRequest { Key = Load(file) };

    private EfuseSigningKeyRequest LoadSigningKey(string file) => new() { Key = EfuseSigningKey.FromPem(Bytes(file), file) };

    private EfuseKey Load(string file) => new(Bytes(file));

    private byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_folder, file));
}
