using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Link.Transport;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Converts to <see cref="DeviceArgument"/>: port names, sessions, listed ports, and any object with a property
/// <c>PortName</c>, <c>Device</c> or <c>Port</c> (a row of a CSV file, say).
/// </summary>
public sealed class DeviceTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_propertyNames = ["PortName", "Device", "Port"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Items(inputData).Select(Convert).ToArray();

    // The object may be a key, and goes into no message.
    private static DeviceArgument Convert(object? item) => TryConvert(item) ?? throw Arguments.CannotConvert(
        $"An object of the type {Arguments.BaseOf(item)?.GetType().Name ?? "null"} is neither the name of a port nor a session.");

    private static DeviceArgument FromName(string name) => KeyText.RefusePort(name) is { } refusal ? new DeviceArgument(refusal) : new DeviceArgument(name);

    private static DeviceArgument? TryConvert(object? item) => Arguments.BaseOf(item) switch
    {
        DeviceArgument argument => argument,
        Esp32Device session => new DeviceArgument(session),
        Esp32Port port => new DeviceArgument(port),
        string name when name.Trim().Length > 0 => FromName(name.Trim()),
        Esp32DeviceInfo info => new DeviceArgument(info.PortName),
        Esp32Partition { PortName: string portName } partition => new DeviceArgument(portName) { Partition = partition },
        PSCustomObject => FromProperty(PSObject.AsPSObject(item)),
        _ => null,
    };

    private static DeviceArgument? FromProperty(PSObject item)
    {
        IEnumerable<object?> values = s_propertyNames.Select(name => item.Properties[name]?.Value);
        object? value = values.FirstOrDefault(candidate => candidate is not null);
        return value is null or PSObject { BaseObject: PSCustomObject } ? null : TryConvert(value);
    }
}
