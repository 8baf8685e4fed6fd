// The main job, from C#: one blank virtual ESP32 is flashed, verified, keyed and dumped.
// With a port name as its argument the same happens to the chip on that port (its flash is overwritten), but for the
// key: that stays a plan.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.SerialPort;
using Esp32Tools.Simulator;
using Esp32Tools.Storage.Partitions;

const string VirtualPort = "virtual:esp32";

string port = args.FirstOrDefault() ?? VirtualPort;
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

try
{
    VirtualTransportProvider.Register();
    SerialPortTransportProvider.Register();
    Run(port, cancellation.Token);
    return 0;
}
catch (Esp32Exception error)
{
    Console.Error.WriteLine($"\n{error.Code}: {error.Message}\n{error.Advice}");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("\nStopped; the port is free.");
    return 2;
}

static void Run(string port, CancellationToken cancellationToken)
{
    using Esp32Device device = DeviceConnector.Connect(port, new ConnectOptions { BaudRate = 921600 }, cancellationToken);
    Describe(device, cancellationToken);
    IReadOnlyList<FlashImage> images = Firmware(device);
    Flash(device, images, cancellationToken);
    Verify(device, images, cancellationToken);
    ShowSecurityFuses(device, cancellationToken);
    BurnKey(device, forReal: port == VirtualPort, cancellationToken);
    Dump(device, cancellationToken);
    device.Close(LeaveMode.HardReset, cancellationToken);
    Say("Done", $"{port} runs its application.");
}

static void Describe(Esp32Device device, CancellationToken cancellationToken)
{
    DeviceIdentity identity = device.ReadIdentity(cancellationToken);
    FlashIdentity flash = device.OpenFlash(cancellationToken);
    Say("Connected", $"{device.PortName}, {(device.IsStub ? "stub" : "ROM")} at {device.BaudRate} baud");
    Say("Chip", $"{identity.Package} {identity.RevisionText}, crystal {identity.CrystalMHz} MHz, MAC {identity.Mac}");
    Say("Features", string.Join(", ", identity.Features));
    Say("Flash", $"{flash.Manufacturer} 0x{flash.DeviceId:X4}, {flash.Size >> 20} MB");
}

static IReadOnlyList<FlashImage> Firmware(Esp32Device device) =>
[
    new("bootloader.bin", device.GetChip().Image.BootloaderOffset, SampleFirmware.Bootloader(device.GetChip())),
    new("partition-table.bin", PartitionTableOptions.DefaultTableOffset, SampleFirmware.PartitionTable()),
    new("app.bin", 0x1_0000, SampleFirmware.Application(device.GetChip(), 1 << 20)),
];

static void Flash(Esp32Device device, IReadOnlyList<FlashImage> images, CancellationToken cancellationToken)
{
    FlashWritePlan plan = FlashWriter.Plan(device, images, new FlashWriteOptions { FlashMode = "dio", DetectFlashSize = true }, cancellationToken);
    foreach (FlashWriteResult result in FlashWriter.Write(device, plan, null, cancellationToken))
    {
        Say(
            result.Skipped ? "Kept" : "Written",
            $"{result.Name,-20} {result.Length,9} bytes at 0x{result.Address:X5}, {result.BytesSent,7} on the wire, "
            + (result.Verified ? "verified by the chip's digest" : "NOT verified"));
    }
}

static void Verify(Esp32Device device, IReadOnlyList<FlashImage> images, CancellationToken cancellationToken)
{
    FlashImage app = images[^1];
    byte[] back = FlashReader.Read(device, app.Address, app.Data.Length, null, cancellationToken);
    Say("Read back", $"{app.Name}: {(back.SequenceEqual(app.Data) ? "the same, byte for byte" : "DIFFERENT")}");
}

static void ShowSecurityFuses(Esp32Device device, CancellationToken cancellationToken)
{
    IReadOnlyList<Esp32Efuse> fuses = EfuseReader.Read(device.GetLoader(), device.GetChip(), cancellationToken).Decode();
    Say("eFuses", $"{fuses.Count} fields, among them for security:");
    foreach (Esp32Efuse fuse in fuses.Where(fuse => fuse.Category == "security" && !fuse.Type.StartsWith("bytes", StringComparison.Ordinal)).Take(8))
    {
        Say(string.Empty, $"{fuse.Name,-24} {fuse.Text}");
    }
}

static void BurnKey(Esp32Device device, bool forReal, CancellationToken cancellationToken)
{
    string purpose = device.GetChip().KeyPurposes.First(candidate => candidate.ReadProtect).Name;
    using var key = new EfuseKey(RandomNumberGenerator.GetBytes(32));
    using EfusePlan plan = PlanKey(device, purpose, key, cancellationToken);
    Say("Key", $"plan for {purpose}, every step of it for good:");
    foreach (EfusePlanStep step in plan.Steps)
    {
        Say(string.Empty, $"{step.BlockName,-12} {step.Name,-24} {step.Change}");
    }

    if (!forReal)
    {
        Say(string.Empty, "not burned: this is a real port");
        return;
    }

    EfuseBurnResult result = EfuseBurner.Burn(
        device.GetLoader(), device.GetTransport().Clock, device.GetChip(), device.ReadIdentity(cancellationToken).CrystalMHz, plan, cancellationToken);
    Say("Burned", result.ToString());
}

static EfusePlan PlanKey(Esp32Device device, string purpose, EfuseKey key, CancellationToken cancellationToken)
{
    EfusePlan plan = EfusePlanner.Plan(
        EfuseReader.Read(device.GetLoader(), device.GetChip(), cancellationToken),
        [new EfuseKeyRequest { Purpose = purpose, Key = key }],
        new EfusePlanOptions());
    plan.ThrowIfRefused();
    return plan;
}

static void Dump(Esp32Device device, CancellationToken cancellationToken)
{
    // A folder for each user: the temporary folder may belong to all of them.
    string folder = Path.Combine(Path.GetTempPath(), $"esp32tools-quickstart-{Environment.UserName}");
    Directory.CreateDirectory(folder);
    PartitionTable table = PartitionTableReader.Read(device, PartitionTableOptions.DefaultTableOffset, cancellationToken);
    foreach (Partition partition in table.Partitions)
    {
        Say("Partition", $"{partition.Name,-10} {partition.Type,-5} {partition.SubType,-8} 0x{partition.Offset:X6}  {partition.Size >> 10,5} KB");
    }

    foreach (Partition partition in table.Partitions.Where(partition => partition.Type == "data"))
    {
        string path = Path.Combine(folder, partition.Name + ".bin");
        File.WriteAllBytes(path, FlashReader.Read(device, partition.Offset, (int)partition.Size, null, cancellationToken));
        Say("Dumped", path);
    }
}

static void Say(string what, string text) => Console.WriteLine($"{what,-10} {text}");
