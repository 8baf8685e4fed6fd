using System.Management.Automation;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>A cmdlet that works with the partitions of devices, which may be encrypted.</summary>
public abstract class PartitionDeviceCmdlet : Esp32DeviceCmdlet
{
    private FlashKey? _key;

    /// <summary>Flash address of the table.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>The flash encryption key of the devices: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>Overwrites the key.</summary>
    public override void Dispose()
    {
        base.Dispose();
        _key?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = Key is null ? null : KeyReader.Read(Key, Paths));
    }

    /// <summary>The cipher of a device's flash; null where no key was given.</summary>
    private protected PartitionCipher? CipherFor(Esp32Device device) => _key is null ? null : PartitionCipher.For(device, _key, StopToken);
}
