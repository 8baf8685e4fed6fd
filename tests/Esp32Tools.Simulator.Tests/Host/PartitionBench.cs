using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Simulator.Tests.Chips;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A virtual board whose flash is full of noise, with a partition table and an application in each slot.</summary>
internal sealed class PartitionBench : IDisposable
{
    public const uint TableOffset = 0x8000;

    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 7))];

    /// <summary>The key's place is full; the chip decrypts what it reads.</summary>
    private readonly bool _encrypts;

    public PartitionBench(string chip, LoaderKind loader, bool encrypts = false)
    {
        Bench = new HostBench(chip, loader, options => options with { Clock = new VirtualClock() });
        _encrypts = encrypts;
        if (encrypts)
        {
            Bench.Board.BurnFlashKey(Key);
            Bench.Burn(Bench.Chip.Security.FlashCryptCount, 1);
        }

        Bench.Board.LoadFlash(0, HostFirmware.Noise(4 << 20, 1));
        App = HostFirmware.For(Bench.Chip)[2].Data;
        Load(TableOffset, Table.ToBytes());
        Load("otadata", OtaData.Erased.ToBytes());
        foreach (string slot in new[] { "factory", "app0", "app1" })
        {
            Load(slot, App);
        }
    }

    public static PartitionTable Table { get; } = PartitionTable.FromRows(
    [
        Row("nvs", "data", "nvs", "16K"), Row("otadata", "data", "ota", "8K"), Row("keys", "data", "nvs_keys", "4K"),
        Row("factory", "app", "factory", "1216K"), Row("app0", "app", "ota_0", "1216K"), Row("app1", "app", "ota_1", "1216K"),
        Row("storage", "data", "spiffs", "128K"), Row("fixed", "data", "fat", "4K") with { Flags = "readonly" },
    ]);

    public static OtaLayout Layout { get; } = OtaLayout.From(Table);

    public HostBench Bench { get; }

    public byte[] App { get; }

    public Esp32Device Connect() => Bench.Connect();

    /// <summary>Puts plain bytes into a partition, as they stand in the flash of this board.</summary>
    public void Load(string name, byte[] data)
    {
        Partition partition = Table.Find(name);
        if (partition.UsesFlashEncryption)
        {
            Load(partition.Offset, data);
        }
        else
        {
            Bench.Board.LoadFlash(partition.Offset, data);
        }
    }

    /// <summary>The plain bytes of a partition.</summary>
    public byte[] Read(string name)
    {
        Partition partition = Table.Find(name);
        byte[] data = Bench.Board.ReadFlash(partition.Offset, (int)partition.Size);
        if (!_encrypts || !partition.UsesFlashEncryption)
        {
            return data;
        }

        using FlashCipher cipher = Cipher();
        return cipher.Decrypt(data, partition.Offset);
    }

    /// <summary>The flash without the sectors of a partition.</summary>
    public byte[] Outside(string name)
    {
        Partition partition = Table.Find(name);
        byte[] flash = Bench.Flash();
        Array.Clear(flash, (int)partition.Offset, (int)partition.Size);
        return flash;
    }

    public PartitionCipher? CipherOf(Esp32Device device)
    {
        using var key = new FlashKey(Key);
        return _encrypts ? PartitionCipher.For(device, key, CancellationToken.None) : null;
    }

    /// <summary>Connects, writes, and leaves.</summary>
    public IReadOnlyList<FlashWriteResult> Import(PartitionData data, PartitionWriteOptions? options = null, bool withKey = true)
    {
        using Esp32Device device = Connect();
        using PartitionCipher? cipher = withKey ? CipherOf(device) : null;
        PartitionTable table = withKey ? PartitionTableReader.Read(device, TableOffset, CancellationToken.None, cipher) : Table;
        PartitionWritePlan plan = PartitionWriter.Plan(device, table, [data], cipher, options ?? new(), CancellationToken.None);
        return [.. PartitionWriter.Write(device, plan, null, CancellationToken.None)];
    }

    public void Dispose() => Bench.Dispose();

    private static PartitionRow Row(string name, string type, string subType, string size) =>
        new() { Place = name, Name = name, Type = type, SubType = subType, Size = size };

    private void Load(uint address, byte[] data)
    {
        using FlashCipher? cipher = _encrypts ? Cipher() : null;
        Bench.Board.LoadFlash(address, cipher?.Encrypt(data, address) ?? data);
    }

    private FlashCipher Cipher()
    {
        using var key = new FlashKey(Key);
        return FlashCipher.For(Bench.Chip, key);
    }
}
