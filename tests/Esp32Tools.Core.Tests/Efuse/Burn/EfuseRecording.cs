using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>The register traffic of a recorded session with espefuse, seen as what it does to the eFuse controller.</summary>
internal sealed class EfuseRecording : IRegisterAccess
{
    private const uint ReadRegisterCommand = 0x0A;
    private const uint WriteRegisterCommand = 0x09;

    private readonly Dictionary<uint, uint> _firstReads = [];

    private EfuseRecording()
    {
    }

    /// <summary>Program commands with the registers as they then were.</summary>
    public List<string> Programs { get; } = [];

    /// <summary>Writes in order: address, value, delay in the chip.</summary>
    public List<(uint Address, uint Value, uint Delay)> Writes { get; } = [];

    public static EfuseRecording Load(ChipDefinition chip, string operation)
    {
        EfuseRecording recording = new();
        uint pending = 0;
        EfuseProgramLog log = new(chip);
        foreach (string line in File.ReadLines(SharedFiles.PathOf("vectors", "wire", $"{chip.Key}-rom-{operation}.jsonl")))
        {
            using JsonDocument frame = JsonDocument.Parse(line);
            if (!frame.RootElement.TryGetProperty("code", out JsonElement code) || code.GetUInt32() is not (ReadRegisterCommand or WriteRegisterCommand))
            {
                continue;
            }

            byte[] bytes = Convert.FromHexString(frame.RootElement.GetProperty("hex").GetString()!);
            bool host = frame.RootElement.GetProperty("from").GetString() == "host";
            if (code.GetUInt32() == ReadRegisterCommand)
            {
                if (host)
                {
                    pending = BitConverter.ToUInt32(bytes, 8);
                }
                else if (recording._firstReads.TryAdd(pending, BitConverter.ToUInt32(bytes, 4)))
                {
                    log.Poke(pending, recording._firstReads[pending]);
                }
            }
            else if (host)
            {
                uint delay = Enumerable.Range(0, (bytes.Length - 8) / 16).Max(entry => BitConverter.ToUInt32(bytes, 20 + (16 * entry)));
                recording.Writes.Add((BitConverter.ToUInt32(bytes, 8), BitConverter.ToUInt32(bytes, 12), delay));
                log.Write(BitConverter.ToUInt32(bytes, 8), BitConverter.ToUInt32(bytes, 12));
            }
        }

        recording.Programs.AddRange(log.Programs);
        return recording;
    }

    /// <summary>The word as the session first read it; 0 when it never did.</summary>
    public uint ReadRegister(uint address, CancellationToken cancellationToken) => _firstReads.TryGetValue(address, out uint value) ? value : 0;

    public void WriteRegister(uint address, uint value, uint mask, uint delayAfterMicroseconds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Gives a device the timing registers as the session found them.</summary>
    public void PokeTiming(ChipDefinition chip, FakeEfuseDevice device)
    {
        foreach (uint offset in chip.Efuse.BurnTiming.Select(timing => timing.Register).Distinct())
        {
            device.Poke(chip.Efuse.Base + offset, ReadRegister(chip.Efuse.Base + offset, CancellationToken.None));
        }
    }
}
